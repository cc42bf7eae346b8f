{{/* What the parts of a release are called. */}}
{{- define "prosa.name" -}}
{{- printf "%s-%s" .root.Release.Name .service | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* What never changes of a service: what selects its pods. */}}
{{- define "prosa.selector" -}}
app.kubernetes.io/name: prosa
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .service }}
{{- end -}}

{{- define "prosa.labels" -}}
{{ include "prosa.selector" . }}
app.kubernetes.io/version: {{ include "prosa.tag" .root | trunc 63 | trimAll "-_." | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end -}}

{{/* The account of a service: each its own, since no two need the same rights. */}}
{{- define "prosa.serviceAccount" -}}
{{- $account := .values.serviceAccount -}}
{{- if $account.create -}}
{{- default (include "prosa.name" .) $account.name -}}
{{- else -}}
{{- required (printf "serviceAccount.name of %s is missing: the account that exists" .service) $account.name -}}
{{- end -}}
{{- end -}}

{{/* The WebSocket address that browsers are told. */}}
{{- define "prosa.webSocketUrl" -}}
{{- if .Values.settings.PROSA_WS_URL -}}
{{- .Values.settings.PROSA_WS_URL -}}
{{- else if .Values.ingress.host -}}
wss://{{ .Values.ingress.host }}/ws
{{- else -}}
{{- fail "settings.PROSA_WS_URL is missing: the address of the WebSockets that browsers are told, such as wss://chat.example.com/ws" -}}
{{- end -}}
{{- end -}}

{{/* The pages that may call: the chart's own, unless others are named. */}}
{{- define "prosa.allowedOrigins" -}}
{{- if .Values.settings.PROSA_ALLOWED_ORIGINS -}}
{{- .Values.settings.PROSA_ALLOWED_ORIGINS -}}
{{- else if .Values.ingress.host -}}
https://{{ .Values.ingress.host }}
{{- else -}}
{{- fail "settings.PROSA_ALLOWED_ORIGINS is missing: the pages that may call, such as https://chat.example.com" -}}
{{- end -}}
{{- end -}}

{{/* What stops the start anyway is better known before it. */}}
{{- define "prosa.check" -}}
{{- $settings := .Values.settings -}}
{{- if ne (default "development" $settings.PROSA_AUTH) "jwt" -}}
{{- fail "settings.PROSA_AUTH must be jwt: development believes everybody, and everybody can reach a cluster" -}}
{{- end -}}
{{- if not $settings.PROSA_JWT_ISSUER -}}
{{- fail "settings.PROSA_JWT_ISSUER is missing: who issues tokens" -}}
{{- end -}}
{{- if not $settings.PROSA_JWT_AUDIENCE -}}
{{- fail "settings.PROSA_JWT_AUDIENCE is missing: whom tokens are for" -}}
{{- end -}}
{{- $redis := hasKey $settings "PROSA_REDIS_URL" -}}
{{- range .Values.secrets }}{{ if eq .name "PROSA_REDIS_URL" }}{{ $redis = true }}{{ end }}{{ end -}}
{{- if not $redis -}}
{{- fail "PROSA_REDIS_URL is missing: in secrets, or in settings when it holds no password" -}}
{{- end -}}
{{- end -}}

{{/* The environment of a service: what all have, its ports, and the secrets that it may see. */}}
{{- define "prosa.environment" -}}
- name: PROSA_HOST
  value: 0.0.0.0
- name: PROSA_STATUS_PORT
  value: "9090"
- name: PROSA_WS_URL
  value: {{ include "prosa.webSocketUrl" .root | quote }}
- name: PROSA_ALLOWED_ORIGINS
  value: {{ include "prosa.allowedOrigins" .root | quote }}
{{- range $key, $value := omit .root.Values.settings "PROSA_WS_URL" "PROSA_ALLOWED_ORIGINS" }}
- name: {{ $key }}
  {{- /* a number is a float here, and as a text it would be 1e+07 */}}
  value: {{ (kindIs "string" $value | ternary $value (toJson $value)) | quote }}
{{- end }}
{{- $service := .service }}
{{- range .root.Values.secrets }}
{{- if or (not .services) (has $service .services) }}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ .secret }}
      key: {{ .key }}
{{- end }}
{{- end }}
{{- end -}}

{{/* A Deployment; `ports` are those beside the status port, `grace` the seconds that an end may take. */}}
{{- define "prosa.deployment" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "prosa.name" . }}
  labels: {{- include "prosa.labels" . | nindent 4 }}
spec:
  {{- if eq .values.autoscaling.kind "none" }}
  replicas: {{ .values.replicas }}
  {{- end }}
  selector:
    matchLabels: {{- include "prosa.selector" . | nindent 6 }}
  strategy:
    rollingUpdate: {maxUnavailable: 0, maxSurge: 1}
  template:
    metadata:
      labels: {{- include "prosa.labels" . | nindent 8 }}
      annotations:
        prometheus.io/scrape: "true"
        prometheus.io/port: "9090"
        prometheus.io/path: /metrics
        {{- with .values.podAnnotations }}{{ toYaml . | nindent 8 }}{{ end }}
    spec:
      serviceAccountName: {{ include "prosa.serviceAccount" . }}
      automountServiceAccountToken: false
      enableServiceLinks: false
      terminationGracePeriodSeconds: {{ .grace }}
      {{- with .root.Values.image.pullSecrets }}
      imagePullSecrets:
        {{- range . }}
        - name: {{ . }}
        {{- end }}
      {{- end }}
      securityContext:
        runAsNonRoot: true
        runAsUser: 10001
        runAsGroup: 10001
        seccompProfile: {type: RuntimeDefault}
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels: {{- include "prosa.selector" . | nindent 14 }}
      {{- with .values.nodeSelector }}
      nodeSelector: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .values.tolerations }}
      tolerations: {{- toYaml . | nindent 8 }}
      {{- end }}
      containers:
        - name: {{ .service }}
          image: {{ include "prosa.image" . }}
          imagePullPolicy: {{ .root.Values.image.pullPolicy }}
          env: {{- include "prosa.environment" . | nindent 12 }}
          ports:
            {{- range $name, $port := .ports }}
            - {name: {{ $name }}, containerPort: {{ $port }}}
            {{- end }}
            - {name: status, containerPort: 9090}
          # a JVM on a busy node takes its time to begin, and may take two minutes
          startupProbe:
            httpGet: {path: /health, port: status}
            periodSeconds: 2
            failureThreshold: 60
          readinessProbe:
            httpGet: {path: /health, port: status}
            periodSeconds: 5
            timeoutSeconds: 3
          # a gateway whose sockets are all taken answers 503 as well: a crowd must not end it
          livenessProbe:
            httpGet: {path: /health, port: status}
            periodSeconds: 10
            timeoutSeconds: 3
            failureThreshold: 6
          lifecycle:
            # until nobody is sent here any more
            preStop: {sleep: {seconds: 5}}
          resources: {{- toYaml .values.resources | nindent 12 }}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: {drop: [ALL]}
          volumeMounts:
            - {name: tmp, mountPath: /tmp}
      volumes:
        - name: tmp
          emptyDir: {sizeLimit: 64Mi}
{{- end -}}

{{/* The chart does not know which images there are. */}}
{{- define "prosa.tag" -}}
{{- required "image.tag is missing: the release of the images, such as 1.2.3" .Values.image.tag -}}
{{- end -}}

{{- define "prosa.image" -}}
{{- $name := printf "prosa/%s:%s" .image (include "prosa.tag" .root) -}}
{{- with .root.Values.image.registry }}{{ $name = printf "%s/%s" . $name }}{{ end -}}
{{- $name | quote -}}
{{- end -}}

{{- define "prosa.disruption" -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "prosa.name" . }}
  labels: {{- include "prosa.labels" . | nindent 4 }}
spec:
  maxUnavailable: {{ .values.maxUnavailable }}
  selector:
    matchLabels: {{- include "prosa.selector" . | nindent 6 }}
{{- end -}}

{{- define "prosa.hpa" -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ include "prosa.name" . }}
  labels: {{- include "prosa.labels" . | nindent 4 }}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: {{ include "prosa.name" . }}}
  minReplicas: {{ .values.autoscaling.min }}
  maxReplicas: {{ .values.autoscaling.max }}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target: {type: Utilization, averageUtilization: {{ .values.autoscaling.cpuPercent }}}
  behavior: {{- include "prosa.scaleDown" . | nindent 4 }}
{{- end -}}

{{/* What ends gives its replies back, and they begin again, or its clients connect elsewhere: so only after 5 minutes in
     which fewer were enough, and one in 2 minutes, which is as long as a reply may take. */}}
{{- define "prosa.scaleDown" -}}
scaleDown:
  stabilizationWindowSeconds: 300
  policies:
    - {type: Pods, value: 1, periodSeconds: 120}
{{- end -}}

{{/* A Service; `ports` are those that clients use. */}}
{{- define "prosa.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "prosa.name" . }}
  labels: {{- include "prosa.labels" . | nindent 4 }}
spec:
  selector: {{- include "prosa.selector" . | nindent 4 }}
  ports:
    {{- range $name, $port := .ports }}
    - {name: {{ $name }}, port: {{ $port }}, targetPort: {{ $name }}}
    {{- end }}
{{- end -}}
