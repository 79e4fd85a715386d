import Dispatch
import Synchronization

/// Threads that may wait for a disk, apart from those that run tasks.
enum BlockingPool {
    private static let queues = (0..<4).map { DispatchQueue(label: "because.reader.\($0)") }
    private static let next = Atomic<Int>(0)

    /// Runs `body` on one of the threads.
    static func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        let turn = next.wrappingAdd(1, ordering: .relaxed).oldValue
        return try await withCheckedThrowingContinuation { continuation in
            queues[Int(turn.magnitude) % queues.count].async {
                continuation.resume(with: Swift.Result { try body() })
            }
        }
    }
}
