public import Cryptography
import Decisions
public import Ledgers
import Synchronization

/// Two clocks that a test sets. Each reading of both moves both on by `tick` microseconds.
public final class SampleClock: Sendable {
    /// 2026-11-20T09:14:07Z.
    public static let start: Int64 = 1_795_166_047_000_000

    private let state: Mutex<(now: Int64, elapsed: Int64)>
    private let tick: Int64

    public init(now: Int64 = SampleClock.start, tick: Int64 = 1000) {
        state = Mutex((now, 0))
        self.tick = tick
    }

    /// As a ledger reads them: the time of day, then the time that passed.
    public var clock: LedgerClock {
        LedgerClock(
            now: { self.state.withLock { Timestamp(microseconds: $0.now) } },
            elapsed: {
                self.state.withLock { state in
                    defer {
                        state.now += self.tick
                        state.elapsed += self.tick
                    }
                    return state.elapsed
                }
            })
    }

    /// Time passes, on both clocks.
    public func pass(seconds: Int64) {
        state.withLock {
            $0.now += seconds * 1_000_000
            $0.elapsed += seconds * 1_000_000
        }
    }

    /// Somebody sets the time of day.
    public func set(forwardBySeconds seconds: Int64) { state.withLock { $0.now += seconds * 1_000_000 } }
}

/// Bytes that repeat from run to run and differ from draw to draw.
public final class SampleRandomness: Sendable {
    private let counter = Mutex<UInt64>(0)

    public init() {}

    public var source: Randomness {
        Randomness { buffer in
            let number = self.counter.withLock { counter in
                counter += 1
                return counter
            }
            for start in stride(from: 0, to: buffer.count, by: 32) {
                let digest = SHA256.digest(of: "\(number)/\(start)").bytes
                for index in start..<min(start + 32, buffer.count) { buffer[index] = digest[index - start] }
            }
        }
    }
}

/// Numbers that are the same in every run.
public struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
