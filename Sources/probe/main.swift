import Because
import Glibc

func now() -> Double { var t = timespec(); clock_gettime(CLOCK_MONOTONIC, &t); return Double(t.tv_sec) + Double(t.tv_nsec) / 1e9 }
func cpu() -> Double { var u = rusage(); getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &u); return Double(u.ru_utime.tv_sec + u.ru_stime.tv_sec) + Double(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6 }
func rss() -> Int { var u = rusage(); getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &u); return u.ru_maxrss / 1024 }
let path = CommandLine.arguments[1]
let what = CommandLine.arguments[2]
var t = now(); var c = cpu()
@MainActor func lap(_ name: String, _ n: Int = 1) { print(name, "wall", Int((now() - t) * 1e6) / n, "us cpu", Int((cpu() - c) * 1e6) / n, "us  maxrss", rss(), "MB"); t = now(); c = cpu() }
let ledger = try Ledger.open(at: path, for: .reading)
let size = try ledger.read { $0.size }
lap("open")
switch what {
case "rebuild":
    try ledger.index.rebuild()
    let n = Double(size)
    print("rebuild", Int(n / (now() - t)), "/s wall;", (cpu() - c) / n * 1e6, "us cpu a record; maxrss", rss())
case "why":
    let ids = (0..<300).map { "bench-\($0 &* 7919 % Int(size - 2))" }
    _ = try await ledger.explain(ids[0]); lap("first why")
    for id in ids { _ = try await ledger.explain(id) }
    lap("why (ledger.explain)", 300)
    for id in ids { _ = try ledger.index.explain(id) }
    lap("why (index.explain)", 300)
    for _ in ids { _ = try ledger.index.update() }
    lap("update", 300)
    for _ in ids { _ = try ledger.read { $0.size } }
    lap("read view", 300)
    try ledger.read { view in for i in 0..<300 { _ = try view.proven(UInt64(i &* 7919) % size) } }
    lap("proven", 300)
case "hot":
    let ids = (0..<300).map { "bench-\($0 &* 7919 % Int(size - 2))" }
    for id in ids { _ = try await ledger.explain(id) }
    lap("first round", 300)
    for _ in 0..<20 { for id in ids { _ = try await ledger.explain(id) } }
    lap("why hot", 6000)
case "find":
    for q in CommandLine.arguments.dropFirst(3) {
        _ = try await ledger.find(q); t = now(); c = cpu()
        for _ in 0..<5 { _ = try await ledger.find(q) }
        lap("find \(q)", 5)
    }
default: break
}
await ledger.close()
