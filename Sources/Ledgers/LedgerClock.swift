public import Decisions
import Glibc

/// The two clocks of a machine: the one people read, and one that nobody can set.
public struct LedgerClock: Sendable {
    /// The time of day. It can be wrong, and it can be set.
    public var now: @Sendable () -> Timestamp
    /// Microseconds that passed since some fixed moment, sleep included.
    public var elapsed: @Sendable () -> Int64

    public init(now: @escaping @Sendable () -> Timestamp, elapsed: @escaping @Sendable () -> Int64) {
        self.now = now
        self.elapsed = elapsed
    }

    /// The clocks of the operating system.
    public static let system = LedgerClock(
        now: { Timestamp(microseconds: read(CLOCK_REALTIME)) }, elapsed: { read(CLOCK_BOOTTIME) })

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}

/// Watches one clock by the other: a ledger's time never decreases, and a step is put on record.
struct ClockWatch {
    /// A step that is put on record: a minute.
    static let stepLimit: Int64 = 60_000_000
    /// A jump forward that is refused: a day. Time that was recorded cannot be taken back.
    static let jumpLimit: Int64 = 86_400_000_000

    enum Reading: Equatable {
        case steady(Timestamp)
        /// The clock reads `now` where `expected` was due.
        case step(now: Timestamp, expected: Timestamp)
        case jump(now: Timestamp, expected: Timestamp)
    }

    private let clock: LedgerClock
    /// The clocks when they were last read together; none before the first reading of this process.
    private var last: (now: Timestamp, elapsed: Int64)?

    init(clock: LedgerClock) { self.clock = clock }

    /// Reads the clock after `latest`, the time of the last entry.
    ///
    /// Within one process the second clock tells how much time passed. Before the first reading only a step back can be seen:
    /// nobody can tell a clock set forward from a ledger left alone.
    mutating func read(after latest: Timestamp, acceptsJump: Bool) -> Reading {
        let now = clock.now()
        let elapsed = clock.elapsed()
        var expected = max(now, latest)
        if let last {
            expected = Timestamp(microseconds: last.now.microseconds + elapsed - last.elapsed)
        } else if now.microseconds < latest.microseconds - Self.stepLimit {
            expected = latest
        }
        let step = now.microseconds - expected.microseconds
        if step > Self.jumpLimit, !acceptsJump { return .jump(now: now, expected: expected) }
        last = (now, elapsed)
        return step.magnitude > Self.stepLimit ? .step(now: now, expected: expected) : .steady(max(now, latest))
    }
}
