-- The run goes on from its checkpoint.
obj.spec.suspend = false
return obj
