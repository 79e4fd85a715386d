/// The order in which principles and messages override each other.
///
/// Source: OpenAI Model Spec, "Instructions and levels of authority" and "Follow all applicable instructions". Since
/// 2025-09-12 the order is root, system, developer, user, guideline; before, platform, developer, user, guideline,
/// where platform covered system messages too and so has the rank of system. No version has both root and platform,
/// so one table holds each version's own order. Assistant and tool messages and quoted text have no authority.
public struct Authority: Hashable, Sendable {
    /// The name as the document or message states it.
    public let name: String
    /// Higher overrides lower; 0 is no authority.
    public let rank: Int

    /// The authority called `name`: a level of a section, or the role of a message. `nil` when it has no known rank.
    public init?(_ name: String) {
        guard let known = Self.ranks.first(where: { $0.key.utf8.elementsEqual(name.utf8) }) else { return nil }
        (self.name, self.rank) = known
    }

    /// The rank of a level or of the role of a message; `nil` when the name is neither.
    public static func rank(_ name: String) -> Int? { Authority(name)?.rank }

    /// Whether a section may carry the level in the Model Spec.
    public static func isSectionName(_ name: String) -> Bool {
        sectionNames.contains { $0.utf8.elementsEqual(name.utf8) }
    }

    /// Whether `self` overrides `other`.
    public func outranks(_ other: Authority) -> Bool { rank > other.rank }

    /// Whether neither overrides the other, as with `platform` and `system`.
    public func hasSameRank(as other: Authority) -> Bool { rank == other.rank }

    /// The levels a section of the Model Spec may carry.
    static let sectionNames = ["root", "system", "developer", "user", "guideline", "platform"]

    /// The levels that `sections` are ordered by, highest first: those with `platform` where a section carries it.
    public static func order(of sections: some Sequence<Section>) -> [String] {
        sections.contains { $0.authority == "platform" }
            ? ["platform", "developer", "user", "guideline"] : ["root", "system", "developer", "user", "guideline"]
    }

    private static let ranks: KeyValuePairs<String, Int> = [
        "root": 5, "system": 4, "platform": 4, "developer": 3, "user": 2, "guideline": 1,
        "assistant": 0, "tool": 0, "none": 0,
    ]
}
