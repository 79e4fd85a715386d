import Dispatch
import Glibc
import Ledgers
import Synchronization

/// Makes values on all cores, a few ahead of whoever takes them in order.
enum Ahead {
    /// Calls `make` for each number below `count`, on several threads, and `take` with the values in order, on this one.
    static func run<Value: Sendable>(
        _ count: Int, make: @escaping @Sendable (Int) throws -> Value, take: (Value) throws -> Void
    ) throws {
        let queue = DispatchQueue.global()
        let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        var pending: [Pending<Value>] = []
        // What is being made uses what the caller gave: it is waited for on every way out.
        defer { for value in pending { _ = value.result() } }
        var next = 0
        for _ in 0..<count {
            while next < count, pending.count <= cores {
                let (value, number) = (Pending<Value>(), next)
                queue.async { value.finish(Result { try make(number) }) }
                pending.append(value)
                next += 1
            }
            try take(pending.removeFirst().result().get())
        }
    }
}

extension Ledger {
    /// Reads stretches of `range`, `width` entries each, on all cores, each in a short transaction of its own, so that who records
    /// is not held up; and hands over what they gave in their order, on this thread.
    ///
    /// Not within a reading of the caller's: each of these takes a connection, of which there are only so many.
    func readAhead<Value: Sendable>(
        _ range: Range<UInt64>, of width: UInt64 = 4096,
        _ read: @escaping @Sendable (LedgerView, Range<UInt64>) throws -> Value, take: (Value) throws -> Void
    ) throws {
        let starts = Array(stride(from: range.lowerBound, to: range.upperBound, by: Int(width)))
        try Ahead.run(starts.count) { place in
            let stretch = starts[place]..<min(starts[place] + width, range.upperBound)
            return try self.read { try read($0, stretch) }
        } take: {
            try take($0)
        }
    }
}

/// A value that is being made on another thread.
private final class Pending<Value: Sendable>: Sendable {
    private let value = Mutex<Result<Value, any Error>?>(nil)
    private let isReady = DispatchSemaphore(value: 0)

    func finish(_ result: Result<Value, any Error>) {
        value.withLock { $0 = result }
        isReady.signal()
    }

    /// Waits for the value. It is asked for once.
    func result() -> Result<Value, any Error> {
        isReady.wait()
        return value.withLock { value in
            guard let value else { preconditionFailure("what is ready is there") }
            return value
        }
    }
}
