{{- define "pveconsole.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "pveconsole.operator" -}}
{{- printf "%s-operator" (include "pveconsole.fullname" .) -}}
{{- end -}}

{{- define "pveconsole.serviceAccount" -}}
{{- default (include "pveconsole.operator" .) .Values.serviceAccount.name -}}
{{- end -}}

{{- define "pveconsole.selector" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: operator
{{- end -}}

{{- define "pveconsole.labels" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* The three parts that only a cluster admin may install: on, off, or null = only in cluster mode.
Call with a dict of values and switch; the result is empty for off. */}}
{{- define "pveconsole.clusterPart" -}}
{{- if kindIs "invalid" .switch -}}
{{- if not .values.watchNamespaces -}}true{{- end -}}
{{- else if .switch -}}true{{- end -}}
{{- end -}}

{{- define "pveconsole.crds" -}}
{{- include "pveconsole.clusterPart" (dict "values" .Values "switch" .Values.crds.enabled) -}}
{{- end -}}

{{- define "pveconsole.admission" -}}
{{- include "pveconsole.clusterPart" (dict "values" .Values "switch" .Values.admission.enabled) -}}
{{- end -}}

{{- define "pveconsole.aggregate" -}}
{{- include "pveconsole.clusterPart" (dict "values" .Values "switch" .Values.rbac.aggregate) -}}
{{- end -}}

{{/* Call with a dict of image, chart and values. */}}
{{- define "pveconsole.image" -}}
{{- $name := .image.repository -}}
{{- $registry := default .image.registry .values.imageRegistry -}}
{{- if $registry -}}{{- $name = printf "%s/%s" $registry .image.repository -}}{{- end -}}
{{- if .image.digest -}}
{{- printf "%s@%s" $name .image.digest -}}
{{- else -}}
{{- printf "%s:%s" $name (default .chart.AppVersion .image.tag) -}}
{{- end -}}
{{- end -}}

{{/* The version of MutatingAdmissionPolicy to use; empty for none. */}}
{{- define "pveconsole.stampVersion" -}}
{{- $group := "admissionregistration.k8s.io" -}}
{{- if eq .Values.admission.stamp "auto" -}}
{{- if or (.Capabilities.APIVersions.Has (printf "%s/v1/MutatingAdmissionPolicy" $group)) (semverCompare ">=1.36.0-0" .Capabilities.KubeVersion.Version) -}}
v1
{{- else if .Capabilities.APIVersions.Has (printf "%s/v1beta1/MutatingAdmissionPolicy" $group) -}}
v1beta1
{{- end -}}
{{- else if ne .Values.admission.stamp "none" -}}
{{- .Values.admission.stamp -}}
{{- end -}}
{{- end -}}

{{/* The accounts of operators, as a CEL list. */}}
{{- define "pveconsole.operatorAccounts" -}}
{{- $own := printf "system:serviceaccount:%s:%s" .Release.Namespace (include "pveconsole.serviceAccount" .) -}}
{{- prepend .Values.admission.operatorAccounts $own | uniq | toJson -}}
{{- end -}}
