import { createRequire } from 'node:module'

const load = createRequire(import.meta.url)

/** gRPC, loaded by the first connection: a hub without Salesforce saves the time and the memory. Both are CommonJS. */
export const grpc = (): typeof import('@grpc/grpc-js') => load('@grpc/grpc-js')
export const protoLoader = (): typeof import('@grpc/proto-loader') => load('@grpc/proto-loader')
