/// What a part of a verification is about. Each has a verdict of its own: there is no single green tick.
public enum Aspect: String, Sendable, CaseIterable {
    /// Numbers, links, clocks, hashes, tiles and roots fit together.
    case integrity
    /// Every checkpoint was signed by the log's key.
    case signatures
    /// Every citation is of words that were registered before.
    case citations
    /// The index says what the log says.
    case index
    /// Every sealed value opens the field it belongs to, and what is gone was erased on record.
    case sealedFields = "sealed_fields"
    /// Producers that number their decisions left none out.
    case completeness
    /// The log goes on from what was signed before and kept elsewhere. Only where such evidence is given.
    case consistency
}

/// Something that does not hold, or that a reader must know.
public struct Finding: Sendable, Hashable {
    public enum Severity: String, Sendable {
        /// The evidence does not hold.
        case broken
        /// It holds, and says less than one may think.
        case notice
    }

    public let aspect: Aspect
    public let severity: Severity
    /// The entry at fault; `nil` where no single one is.
    public let entry: UInt64?
    /// A name for machines, such as `entry_changed`.
    public let code: String
    /// A sentence for people.
    public let message: String

    public init(
        _ aspect: Aspect, entry: UInt64? = nil, _ code: String, _ message: String, severity: Severity = .broken
    ) {
        self.aspect = aspect
        self.severity = severity
        self.entry = entry
        self.code = code
        self.message = message
    }
}

/// The findings of a verification, in the order of their entries. Many of one kind are counted, not listed.
public struct Findings: Sendable {
    /// Findings of one code that are listed.
    public static let limit = 20

    public private(set) var all: [Finding] = []
    /// How many of each code there are.
    public private(set) var counts: [String: Int] = [:]

    public init() {}

    /// Adds one finding, or only counts it when its code has been listed often enough.
    public mutating func add(_ finding: Finding) {
        counts[finding.code, default: 0] += 1
        if counts[finding.code, default: 0] <= Self.limit { all.append(finding) }
    }

    public mutating func add(_ findings: Findings) {
        for finding in findings.all { add(finding) }
        for (code, count) in findings.counts {
            let listed = findings.all.count { $0.code == code }
            counts[code, default: 0] += count - listed
        }
    }

    /// Whether an aspect has a finding that breaks it.
    public func isBroken(_ aspect: Aspect) -> Bool { all.contains { $0.aspect == aspect && $0.severity == .broken } }

    /// Whether any aspect is broken.
    public var isBroken: Bool { all.contains { $0.severity == .broken } }

    /// The findings of an aspect.
    public func of(_ aspect: Aspect) -> [Finding] { all.filter { $0.aspect == aspect } }

    /// Orders by entry, those without one first.
    mutating func sort() {
        all.sort {
            ($0.entry.map { $0 + 1 } ?? 0, $0.code, $0.message) < ($1.entry.map { $0 + 1 } ?? 0, $1.code, $1.message)
        }
    }
}
