/** With account and password, and so no flag. */
export const storeUrl = process.env.HOOKSWITCH_BENCH_STORE_URL

/** The schema that benchmarks use; it is to be empty before, and dropped afterwards. */
export const storeSchema = 'hookswitch_bench'
