package argocdlua

import (
	"os"
	"path/filepath"
	"reflect"
	"sort"
	"testing"

	"sigs.k8s.io/yaml"
)

const folder = "../../helm/argocd"

type healthTests struct {
	Tests []struct {
		HealthStatus struct{ Status, Message string }
		InputPath    string
	}
}

type actionTests struct {
	DiscoveryTests []struct {
		InputPath string
		Result    []action
	}
	ActionTests []struct{ Action, InputPath, ExpectedOutputPath string }
}

type action struct {
	Name     string
	Disabled bool
}

func TestHealthIsWhatAPersonWouldSay(t *testing.T) {
	var cases healthTests
	read(t, "health_test.yaml", &cases)
	if len(cases.Tests) < 10 {
		t.Fatalf("only %d cases were read", len(cases.Tests))
	}
	for _, one := range cases.Tests {
		t.Run(one.InputPath, func(t *testing.T) {
			health, ok := run(t, "health.lua", one.InputPath).(map[string]any)
			if !ok || health["status"] != one.HealthStatus.Status || health["message"] != one.HealthStatus.Message {
				t.Errorf("health is %v, expected %v", health, one.HealthStatus)
			}
		})
	}
}

func TestActionsAreOfferedWhereTheyMakeSense(t *testing.T) {
	var cases actionTests
	read(t, "action_test.yaml", &cases)
	for _, one := range cases.DiscoveryTests {
		t.Run(one.InputPath, func(t *testing.T) {
			var offered []action
			for name, settings := range run(t, "actions/discovery.lua", one.InputPath).(map[string]any) {
				offered = append(offered, action{name, settings.(map[string]any)["disabled"].(bool)})
			}
			sort.Slice(offered, func(i, j int) bool { return offered[i].Name < offered[j].Name })
			sort.Slice(one.Result, func(i, j int) bool { return one.Result[i].Name < one.Result[j].Name })
			if !reflect.DeepEqual(offered, one.Result) {
				t.Errorf("offers %v, expected %v", offered, one.Result)
			}
		})
	}
}

func TestAnActionChangesOneFieldOfTheSpec(t *testing.T) {
	var cases actionTests
	read(t, "action_test.yaml", &cases)
	if len(cases.ActionTests) < 4 {
		t.Fatalf("only %d cases were read", len(cases.ActionTests))
	}
	for _, one := range cases.ActionTests {
		t.Run(one.Action+" "+one.InputPath, func(t *testing.T) {
			var expected any
			read(t, one.ExpectedOutputPath, &expected)
			changed := run(t, "actions/"+one.Action+".lua", one.InputPath)
			if !reflect.DeepEqual(changed, expected) {
				t.Errorf("becomes\n%v\nexpected\n%v", changed, expected)
			}
		})
	}
}

func TestTheStringLibraryIsMissingAsInArgoCD(t *testing.T) {
	if _, err := Run(`return {status = string.upper("healthy")}`, map[string]any{}); err == nil {
		t.Error("string.upper works here, but not in Argo CD")
	}
}

func run(t *testing.T, script, input string) any {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, script))
	if err != nil {
		t.Fatal(err)
	}
	object := map[string]any{}
	read(t, input, &object)
	answer, err := Run(string(text), object)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

func read(t *testing.T, name string, into any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.UnmarshalStrict(text, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}
