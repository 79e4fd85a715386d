/// A removed section and an added one that may continue it, with the evidence for that.
public struct RenameCandidate: Sendable, Equatable {
    /// The id that the old version has.
    public let removed: String
    /// The id that the new version has.
    public let added: String
    /// Whether both have the same title.
    public let hasSameTitle: Bool
    /// How many of their words they share, as a percentage rounded down: twice the shared ones over all of both.
    ///
    /// Words are runs of letters and digits, counted as often as they stand there; a first line that starts with `#`,
    /// the heading, is left out.
    public let similarity: Int

    /// The least similarity that is evidence by itself.
    public static let threshold = 50

    /// Candidates that are kept for each removed section.
    static let limit = 3
    /// Words that are looked up and pairs that are compared.
    static let workLimit = 5_000_000

    /// The candidates in the order of the removed sections, the best of each first, and whether all were compared.
    static func find(removed: [Section], added: [Section]) -> (candidates: [RenameCandidate], isComplete: Bool) {
        guard !removed.isEmpty, !added.isEmpty else { return ([], true) }
        let words = added.map { WordCounts($0) }
        var candidates: [RenameCandidate] = []
        var work = 0
        for old in removed {
            let oldWords = WordCounts(old)
            var best: [RenameCandidate] = []
            for (new, newWords) in zip(added, words) {
                work += 1 + min(oldWords.counts.count, newWords.counts.count)
                guard work <= workLimit else { return (candidates + best, false) }
                let candidate = RenameCandidate(
                    removed: old.id, added: new.id, hasSameTitle: old.title.utf8.elementsEqual(new.title.utf8),
                    similarity: oldWords.similarity(to: newWords))
                guard candidate.hasSameTitle || candidate.similarity >= threshold else { continue }
                let place = best.firstIndex { candidate.isBetter(than: $0) } ?? best.count
                best.insert(candidate, at: place)
                if best.count > limit { best.removeLast() }
            }
            candidates += best
        }
        return (candidates, true)
    }

    private func isBetter(than other: RenameCandidate) -> Bool {
        hasSameTitle != other.hasSameTitle ? hasSameTitle : similarity > other.similarity
    }
}

/// How often each word stands in a section.
private struct WordCounts {
    private(set) var counts: [[UInt8]: Int] = [:]
    private var total = 0

    init(_ section: Section) {
        var bytes = Substring(section.text).utf8
        if bytes.first == UInt8(ascii: "#") {
            bytes = bytes[(bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex)...]
        }
        for word in bytes.split(whereSeparator: { !($0.isASCIILetter || $0.isASCIIDigit || $0 >= 0x80) }) {
            counts[word.map(\.lowercased), default: 0] += 1
            total += 1
        }
    }

    func similarity(to other: WordCounts) -> Int {
        let (few, many) = counts.count < other.counts.count ? (counts, other.counts) : (other.counts, counts)
        let shared = few.reduce(0) { $0 + min($1.value, many[$1.key] ?? 0) }
        return total + other.total == 0 ? 0 : 200 * shared / (total + other.total)
    }
}
