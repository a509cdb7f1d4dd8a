{{- define "hookswitch.name" -}}
{{- if eq .Release.Name .Chart.Name -}}
{{ .Chart.Name }}
{{- else -}}
{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 26 | trimSuffix "-" }}
{{- end -}}
{{- end -}}

{{- define "hookswitch.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "hookswitch.labels" -}}
{{ include "hookswitch.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- /* One that is alone must not name itself; of several each is named as its pod. */ -}}
{{- define "hookswitch.config" -}}
{{- $config := deepCopy .Values.config -}}
{{- if gt (int .Values.replicas) 1 -}}
{{- if not (hasKey $config "cluster") -}}
{{- fail "replicas: several hubs need config.cluster (docs/operations/cluster.md)" -}}
{{- end -}}
{{- if ne (dig "store" "kind" "sqlite" $config) "postgresql" -}}
{{- fail "replicas: several hubs need config.store.kind: postgresql" -}}
{{- end -}}
{{- end -}}
{{- $isFar := or (hasKey $config "cluster") (eq (dig "store" "kind" "sqlite" $config) "postgresql") -}}
{{- if and $isFar .Values.networkPolicy.enabled (not .Values.networkPolicy.egress) -}}
{{- fail "networkPolicy.egress: PostgreSQL and NATS are not let through; list them, or set networkPolicy.enabled: false" -}}
{{- end -}}
{{- if hasKey $config "cluster" -}}
{{- $_ := set $config.cluster "node" "${env:HOOKSWITCH_NODE}" -}}
{{- end -}}
{{- toYaml $config -}}
{{- end -}}
