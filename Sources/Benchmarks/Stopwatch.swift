import Glibc

/// Time that passed, by a clock that never jumps.
enum Stopwatch {
    static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Things done in a second by `body`, which does `count`.
    static func rate(_ count: Int, _ body: () throws -> Void) rethrows -> Double {
        let start = now()
        try body()
        return Double(count) / (now() - start)
    }

    static func rate(_ count: Int, _ body: () async throws -> Void) async rethrows -> Double {
        let start = now()
        try await body()
        return Double(count) / (now() - start)
    }

    /// Microseconds for each of `count` things that `body` does.
    static func microseconds(_ count: Int, _ body: () throws -> Void) rethrows -> Double {
        let start = now()
        try body()
        return (now() - start) * 1e6 / Double(count)
    }
}
