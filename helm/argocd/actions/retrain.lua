-- A new run from the start; the nonce may only grow.
obj.spec.runNonce = (obj.spec.runNonce or 0) + 1
return obj
