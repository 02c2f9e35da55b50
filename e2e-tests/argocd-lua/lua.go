// Package argocdlua runs Lua as Argo CD does: gopher-lua with the libraries that scripts of argocd-cm
// get (package, base, table and a small os; no string, no math), the resource as the global obj, and
// one second of patience.
package argocdlua

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	lua "github.com/yuin/gopher-lua"
	luajson "layeh.com/gopher-json"
)

// Run evaluates a script on a resource and returns what it returns, as JSON would read it.
func Run(script string, object map[string]any) (any, error) {
	state := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer state.Close()
	for _, library := range []struct {
		name string
		open lua.LGFunction
	}{
		{lua.LoadLibName, lua.OpenPackage},
		{lua.BaseLibName, lua.OpenBase},
		{lua.TabLibName, lua.OpenTable},
	} {
		call := lua.P{Fn: state.NewFunction(library.open), NRet: 0, Protect: true}
		if err := state.CallByParam(call, lua.LString(library.name)); err != nil {
			return nil, err
		}
	}
	patience, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	state.SetContext(patience)
	state.SetGlobal("obj", luajson.DecodeValue(state, object))
	if err := state.DoString(script); err != nil {
		return nil, err
	}
	answer := state.Get(-1)
	if answer.Type() != lua.LTTable {
		return nil, fmt.Errorf("the script returns a %s; Argo CD expects a table", answer.Type())
	}
	text, err := luajson.Encode(answer)
	if err != nil {
		return nil, err
	}
	var value any
	return value, json.Unmarshal(text, &value)
}
