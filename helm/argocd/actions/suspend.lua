-- The run writes a checkpoint and ends; it holds no GPU until it is resumed.
obj.spec.suspend = true
return obj
