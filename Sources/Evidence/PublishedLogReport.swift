public import Notes

/// Something about a file of a published log that does not hold, or that a reader must know.
public struct PublishedFinding: Sendable, Hashable {
    /// The file at fault, below the place of the checkpoint.
    public let file: String
    /// The entry at fault, where it is one.
    public let entry: UInt64?
    /// A name for machines, such as `tile_changed`.
    public let code: String
    /// A sentence for people.
    public let message: String
    /// Whether the evidence does not hold, or only says less than one may think.
    public let isBroken: Bool

    init(_ code: String, _ file: String, entry: UInt64? = nil, isBroken: Bool = true, _ message: String) {
        self.file = file
        self.entry = entry
        self.code = code
        self.message = message
        self.isBroken = isBroken
    }
}

/// What the check of a published log found.
public struct PublishedLogReport: Sendable {
    /// Findings of one code that are listed; the rest are counted.
    public static let limit = 20

    /// `nil` where it cannot be read.
    public internal(set) var checkpoint: Checkpoint?
    /// The checkpoint with the signatures that are right; `nil` where none was checked.
    public internal(set) var trusted: TrustedCheckpoint?
    /// Whether somebody said which keys to trust.
    public internal(set) var hasTrust = false
    /// Bundles and tiles of the size that were read.
    public internal(set) var fileCount = 0
    /// Whether the folder could be listed, so that further files were looked at.
    public internal(set) var isListed = false
    public private(set) var findings: [PublishedFinding] = []
    /// How many of each code there are.
    public private(set) var counts: [String: Int] = [:]
    /// Every file at fault, listed or not.
    public private(set) var brokenFiles: Set<String> = []

    mutating func add(_ finding: PublishedFinding) {
        if finding.isBroken { brokenFiles.insert(finding.file) }
        counts[finding.code, default: 0] += 1
        if counts[finding.code, default: 0] <= Self.limit { findings.append(finding) }
    }

    /// Whether anything does not hold.
    public var isBroken: Bool { !brokenFiles.isEmpty }

    /// 0 when the published log holds, 2 when it does not, 1 when no signature was checked.
    public var exitStatus: Int32 { isBroken ? 2 : trusted == nil ? 1 : 0 }
}
