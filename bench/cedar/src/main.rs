//! Cedar's side of the comparison of engines.
//!
//! Read first: docs/benchmarks.md; bench/measure.py, which starts this beside the programs for
//! Handrail and OPA and speaks the same words with all three. Start at `main`.
//!
//!     cedar-bench FOLDER       a folder that bench/generate.py wrote
//!
//! * core: request, context and entities are there already; out comes the response, with the ids of
//!   all policies that decided it.
//! * json: the facts as JSON text in, the decision and the ids as JSON text out.

use cedar_policy::{
    Authorizer, Context, Decision, Entities, EntityUid, Policy, PolicyId, PolicySet, Request,
    Response,
};
use std::hint::black_box;
use std::io::{BufRead, Write};
use std::time::{Duration, Instant};

struct Bench {
    authorizer: Authorizer,
    policies: PolicySet,
    entities: Entities,
    principal: EntityUid,
    action: EntityUid,
    resource: EntityUid,
    facts: Vec<String>,
    expected: Vec<String>,
    requests: Vec<Request>,
}

fn lines(folder: &str, name: &str) -> Vec<String> {
    let path = format!("{folder}/{name}");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{path}: {fault}"));
    text.lines().map(str::to_owned).collect()
}

fn uid(text: &str) -> EntityUid {
    text.parse().expect("an entity uid")
}

impl Bench {
    fn open(folder: &str) -> Bench {
        let mut policies = PolicySet::new();
        for line in lines(folder, "policy.cedar.tsv") {
            let (id, text) = line.split_once('\t').expect("an id, a tab, a policy");
            let policy = Policy::parse(Some(PolicyId::new(id)), text).expect("a policy");
            policies.add(policy).expect("ids are unique");
        }
        let mut bench = Bench {
            authorizer: Authorizer::new(),
            policies,
            entities: Entities::empty(),
            principal: uid(r#"Person::"asker""#),
            action: uid(r#"Action::"publish""#),
            resource: uid(r#"Post::"draft""#),
            facts: lines(folder, "facts.ndjson"),
            expected: lines(folder, "expected.txt"),
            requests: Vec::new(),
        };
        bench.requests = bench.facts.iter().map(|text| bench.request(text)).collect();
        bench
    }

    fn request(&self, facts: &str) -> Request {
        let context = Context::from_json_str(facts, None).expect("facts");
        Request::new(
            self.principal.clone(),
            self.action.clone(),
            self.resource.clone(),
            context,
            None,
        )
        .expect("a request")
    }

    fn core(&self, world: usize) -> Response {
        self.authorizer
            .is_authorized(&self.requests[world], &self.policies, &self.entities)
    }

    fn json(&self, world: usize) -> String {
        let request = self.request(&self.facts[world]);
        let response = self
            .authorizer
            .is_authorized(&request, &self.policies, &self.entities);
        let ids: Vec<&str> = response.diagnostics().reason().map(AsRef::as_ref).collect();
        let verdict = match response.decision() {
            Decision::Allow => "allow",
            Decision::Deny => "deny",
        };
        serde_json::json!({"decision": verdict, "reason": ids}).to_string()
    }

    fn is_right(&self, world: usize) -> bool {
        let response = self.core(world);
        let mut ids: Vec<String> = response
            .diagnostics()
            .reason()
            .map(|id| id.to_string())
            .filter(|id| id != "P")
            .collect();
        ids.sort();
        let core_fits = ids.join(" ") == self.expected[world]
            && (response.decision() == Decision::Deny) == !ids.is_empty()
            && response.diagnostics().errors().next().is_none();
        let read: serde_json::Value =
            serde_json::from_str(&self.json(world)).expect("an answer in JSON");
        let mut named: Vec<&str> = read["reason"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(serde_json::Value::as_str)
            .filter(|id| *id != "P")
            .collect();
        named.sort_unstable();
        core_fits && named.join(" ") == self.expected[world]
    }

    /// Passes over all worlds until the time is up; one line of JSON.
    fn measure(&self, seconds: f64, decide: impl Fn(usize)) -> String {
        let budget = Duration::from_secs_f64(seconds);
        let begin = Instant::now();
        let mut decisions = 0usize;
        while begin.elapsed() < budget {
            for world in 0..self.facts.len() {
                decide(world);
            }
            decisions += self.facts.len();
        }
        let nanoseconds = begin.elapsed().as_nanos() as f64 / decisions as f64;
        format!(r#"{{"ns": {nanoseconds:.3}, "decisions": {decisions}}}"#)
    }
}

/// The most memory that the process has had, from the kernel's own account.
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.split_whitespace().next())
        .and_then(|word| word.parse().ok())
        .unwrap_or(0)
}

fn main() {
    let folder = std::env::args().nth(1).expect("usage: cedar-bench FOLDER");
    let bench = Bench::open(&folder);
    let say = |line: String| {
        println!("{line}");
        std::io::stdout().flush().expect("standard output");
    };
    say(r#"{"engine": "Cedar"}"#.to_owned());
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("standard input");
        let (word, rest) = line.split_once(' ').unwrap_or((&line, "1"));
        let seconds: f64 = rest.parse().expect("seconds");
        say(match word {
            "verify" => {
                let worlds = bench.facts.len();
                let wrong = (0..worlds).filter(|world| !bench.is_right(*world)).count();
                format!(r#"{{"worlds": {worlds}, "wrong": {wrong}}}"#)
            }
            "core" => bench.measure(seconds, |world| {
                black_box(bench.core(world));
            }),
            "json" => bench.measure(seconds, |world| {
                black_box(bench.json(world));
            }),
            "memory" => format!(r#"{{"peak_kib": {}}}"#, peak_kib()),
            _ => break,
        });
    }
}
