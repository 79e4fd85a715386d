import Glibc

/// Runs `body` on `count` threads at once, with the number of each, and returns when all have.
func concurrently(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) throws {
    final class Start {
        let number: Int
        let body: @Sendable (Int) -> Void
        init(_ number: Int, _ body: @escaping @Sendable (Int) -> Void) {
            self.number = number
            self.body = body
        }
    }
    var threads: [pthread_t] = []
    defer { for thread in threads { pthread_join(thread, nil) } }
    for number in 0..<count {
        var thread = pthread_t()
        let start = Unmanaged.passRetained(Start(number, body))
        let code = pthread_create(
            &thread, nil,
            { start in
                guard let start else { return nil }
                let taken = Unmanaged<Start>.fromOpaque(start).takeRetainedValue()
                taken.body(taken.number)
                return nil
            }, start.toOpaque())
        guard code == 0 else {
            start.release()
            throw ContractViolation(description: "no thread could be started: \(code)")
        }
        threads.append(thread)
    }
}
