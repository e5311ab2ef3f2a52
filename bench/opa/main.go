// OPA's side of the comparison of engines.
//
// Read first: docs/benchmarks.md; bench/measure.py, which starts this beside the programs for Handrail
// and Cedar and speaks the same words with all three. Start at main.
//
//	opa-bench FOLDER       a folder that bench/generate.py wrote
//
// core: a prepared query and the input as a parsed ast.Value; out comes OPA's result set.
// json: the facts as JSON text in, the members of the set as JSON text out.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/util"
)

type bench struct {
	query    rego.PreparedEvalQuery
	facts    [][]byte
	expected []string
	values   []ast.Value
	sink     int
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "opa-bench:", err)
		os.Exit(2)
	}
}

func lines(folder, name string) []string {
	text, err := os.ReadFile(folder + "/" + name)
	check(err)
	return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
}

func open(folder string) *bench {
	policy, err := os.ReadFile(folder + "/policy.rego")
	check(err)
	query, err := rego.New(
		rego.Query("data.handrail.deny"),
		rego.Module("policy.rego", string(policy)),
	).PrepareForEval(context.Background())
	check(err)
	made := &bench{query: query, expected: lines(folder, "expected.txt")}
	for _, line := range lines(folder, "facts.ndjson") {
		made.facts = append(made.facts, []byte(line))
		var value any
		check(util.UnmarshalJSON([]byte(line), &value))
		parsed, err := ast.InterfaceToValue(value)
		check(err)
		made.values = append(made.values, parsed)
	}
	return made
}

func (b *bench) evaluate(value ast.Value) any {
	set, err := b.query.Eval(context.Background(), rego.EvalParsedInput(value))
	check(err)
	return set[0].Expressions[0].Value
}

func (b *bench) core(world int) any {
	return b.evaluate(b.values[world])
}

func (b *bench) json(world int) []byte {
	var value any
	check(util.UnmarshalJSON(b.facts[world], &value))
	parsed, err := ast.InterfaceToValue(value)
	check(err)
	answer, err := json.Marshal(map[string]any{"deny": b.evaluate(parsed)})
	check(err)
	return answer
}

func joined(members []any) string {
	names := make([]string, 0, len(members))
	for _, member := range members {
		names = append(names, member.(string))
	}
	sort.Strings(names)
	return strings.Join(names, " ")
}

func (b *bench) isRight(world int) bool {
	members, isList := b.core(world).([]any)
	var answer struct{ Deny []any }
	check(json.Unmarshal(b.json(world), &answer))
	return isList && joined(members) == b.expected[world] &&
		joined(answer.Deny) == b.expected[world]
}

func (b *bench) verify() string {
	wrong := 0
	for world := range b.facts {
		if !b.isRight(world) {
			wrong++
		}
	}
	return fmt.Sprintf(`{"worlds": %d, "wrong": %d}`, len(b.facts), wrong)
}

// measure passes over all worlds until the time is up; one line of JSON.
func (b *bench) measure(seconds float64, decide func(world int)) string {
	begin := time.Now()
	decisions := 0
	for time.Since(begin).Seconds() < seconds {
		for world := range b.facts {
			decide(world)
		}
		decisions += len(b.facts)
	}
	nanoseconds := float64(time.Since(begin).Nanoseconds()) / float64(decisions)
	return fmt.Sprintf(`{"ns": %.3f, "decisions": %d}`, nanoseconds, decisions)
}

func main() {
	if len(os.Args) != 2 {
		check(fmt.Errorf("usage: opa-bench FOLDER"))
	}
	b := open(os.Args[1])
	fmt.Println(`{"engine": "OPA"}`)
	input := bufio.NewScanner(os.Stdin)
	for input.Scan() {
		word, rest, _ := strings.Cut(input.Text(), " ")
		seconds, _ := strconv.ParseFloat(rest, 64)
		switch word {
		case "verify":
			fmt.Println(b.verify())
		case "core":
			fmt.Println(b.measure(seconds, func(world int) {
				b.sink += len(b.core(world).([]any))
			}))
		case "json":
			fmt.Println(b.measure(seconds, func(world int) { b.sink += len(b.json(world)) }))
		case "memory":
			var usage syscall.Rusage
			check(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
			fmt.Printf("{\"peak_kib\": %d}\n", usage.Maxrss)
		}
	}
}
