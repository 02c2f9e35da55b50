-- Which actions make sense now. retrain is not for GenerationJobs: one that is done is never drawn again.
local suspended = obj.spec ~= nil and obj.spec.suspend == true
local over = false
if obj.status ~= nil and obj.status.conditions ~= nil then
  for _, condition in ipairs(obj.status.conditions) do
    if condition.status == "True"
        and (condition.type == "Ready" or condition.type == "Complete" or condition.type == "Failed") then
      over = true
    end
  end
end

local actions = {}
actions["suspend"] = { disabled = suspended or over }
actions["resume"] = { disabled = not suspended }
if obj.kind ~= "GenerationJob" then
  actions["retrain"] = { disabled = suspended }
end
return actions
