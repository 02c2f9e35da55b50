-- Health of Atelier's resources for Argo CD, one script for the four kinds. Argo CD runs scripts of
-- argocd-cm without Lua's string library: concatenation only.
local function health(status, message)
  return { status = status, message = message }
end

local conditions = {}
if obj.status ~= nil and obj.status.conditions ~= nil then
  for _, condition in ipairs(obj.status.conditions) do
    conditions[condition.type] = condition
  end
end

local function holds(type)
  return conditions[type] ~= nil and conditions[type].status == "True"
end

local function words(type)
  return (conditions[type].reason or "") .. ": " .. (conditions[type].message or "")
end

-- An erasure that fails keeps the resource; that is what somebody has to see.
if obj.metadata.deletionTimestamp ~= nil then
  if holds("Stalled") then
    return health("Degraded", words("Stalled"))
  end
  return health("Progressing", "Being deleted: its files are erased first")
end

if next(conditions) == nil then
  return health("Progressing", "Waiting for the operator")
end
if obj.status.observedGeneration ~= nil and obj.metadata.generation ~= nil
    and obj.status.observedGeneration ~= obj.metadata.generation then
  return health("Progressing", "Waiting for the operator to see the newest spec")
end

if holds("Failed") then return health("Degraded", words("Failed")) end
if holds("Stalled") then return health("Degraded", words("Stalled")) end
if holds("Suspended") then return health("Suspended", words("Suspended")) end
if holds("Complete") then return health("Healthy", words("Complete")) end

-- A model that is published and to be served is healthy once its pods answer, or none is asked for.
local idle = obj.spec ~= nil and obj.spec.serving ~= nil and obj.spec.serving.replicas == 0
local serving = conditions["Serving"]
if holds("Ready") and serving ~= nil and serving.status == "False" and not idle then
  if serving.reason == "Suspended" then return health("Suspended", words("Serving")) end
  if serving.reason == "Pending" or serving.reason == "QuotaPending"
      or serving.reason == "Unschedulable" then
    return health("Progressing", words("Serving"))
  end
  return health("Degraded", words("Serving"))
end
if holds("Ready") then return health("Healthy", words("Ready")) end

local ready = conditions["Ready"]
if ready == nil then
  return health("Progressing", "Waiting for the operator")
end
-- Nothing happens by itself any more: a runtime waits for its owner, NotSupported for another release.
if obj.kind == "DiffusionRuntime" or ready.reason == "NotSupported" then
  return health("Degraded", words("Ready"))
end
local quota = conditions["QuotaReserved"]
if quota ~= nil and quota.status == "False" then
  return health("Progressing", words("QuotaReserved"))
end
return health("Progressing", words("Ready"))
