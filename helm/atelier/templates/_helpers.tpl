{{- define "atelier.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" }}
{{- end }}

{{- define "atelier.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" }}
{{- else if contains (include "atelier.name" .) .Release.Name }}
{{- .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "atelier.name" .) | trunc 50 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{/* Labels that select the operator's pods. They never carry managed-by=atelier: that selects stages. */}}
{{- define "atelier.selectorLabels" -}}
app.kubernetes.io/name: {{ include "atelier.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: operator
{{- end }}

{{- define "atelier.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{ include "atelier.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: atelier
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "atelier.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "atelier.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- required "serviceAccount.create is false; name an existing account in serviceAccount.name" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* An image reference; takes a dict of root, image and registry (the one that stands in for an empty one). */}}
{{- define "atelier.image" -}}
{{- $registry := default .registry .image.registry }}
{{- with $registry }}{{ trimSuffix "/" . }}/{{ end }}
{{- .image.repository }}
{{- if .image.digest }}@{{ .image.digest }}{{ else }}:{{ default .root.Chart.AppVersion .image.tag }}{{ end }}
{{- end }}

{{- define "atelier.operatorImage" -}}
{{- include "atelier.image" (dict "root" . "image" .Values.image "registry" "") }}
{{- end }}

{{- define "atelier.runtimeImage" -}}
{{- include "atelier.image" (dict "root" . "image" .Values.runtimeImage "registry" .Values.image.registry) }}
{{- end }}

{{/* What the operator does to resources and their children, in the namespaces that it watches. */}}
{{- define "atelier.workRules" -}}
- apiGroups: [atelier.dev]
  resources: [headshotmodels, generationjobs, videogenerators]
  verbs: [get, list, watch, patch]
# A finished job whose time to live is over.
- apiGroups: [atelier.dev]
  resources: [generationjobs]
  verbs: [delete]
- apiGroups: [atelier.dev]
  resources: [headshotmodels/status, generationjobs/status, videogenerators/status]
  verbs: [patch]
# Children name their owner with blockOwnerDeletion, which OpenShift admits only with this.
- apiGroups: [atelier.dev]
  resources: [headshotmodels/finalizers, generationjobs/finalizers, videogenerators/finalizers]
  verbs: [update]
- apiGroups: [batch]
  resources: [jobs]
  verbs: [get, list, watch, create, delete]
# Training over several nodes. Where there is no JobSet the rule allows nothing.
- apiGroups: [jobset.x-k8s.io]
  resources: [jobsets]
  verbs: [get, list, watch, create, delete]
# What Kueue says about Jobs that wait; where there is no Kueue the rule allows nothing.
- apiGroups: [kueue.x-k8s.io]
  resources: [workloads]
  verbs: [list, watch]
# Published models that are served.
- apiGroups: [apps]
  resources: [deployments]
  verbs: [list, watch, create, patch, delete]
- apiGroups: [""]
  resources: [services]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [""]
  resources: [configmaps]
  verbs: [create, patch, delete]
# Each stage is fenced off by a policy of its own.
- apiGroups: [networking.k8s.io]
  resources: [networkpolicies]
  verbs: [create, patch, delete]
- apiGroups: [""]
  resources: [pods]
  verbs: [list, watch]
- apiGroups: [""]
  resources: [events]
  verbs: [list, watch, create]
{{- end }}

{{/* DiffusionRuntimes belong to the cluster, also for an operator of a few namespaces. */}}
{{- define "atelier.runtimeRules" -}}
- apiGroups: [atelier.dev]
  resources: [diffusionruntimes]
  verbs: [list, watch]
- apiGroups: [atelier.dev]
  resources: [diffusionruntimes/status]
  verbs: [patch]
# Whether it may have its lease; everybody may ask for their own rights.
- apiGroups: [authorization.k8s.io]
  resources: [selfsubjectrulesreviews]
  verbs: [create]
{{- end }}

{{- define "atelier.subjects" -}}
- kind: ServiceAccount
  name: {{ include "atelier.serviceAccountName" . }}
  namespace: {{ .Release.Namespace }}
{{- end }}
