/// The names that a mistyped one most likely meant.
public enum Nearest {
    /// Longer texts match nothing, so that the cost of a hostile one is bounded.
    public static let byteLimit = 256

    /// Up to `limit` of `candidates`, nearest first; the same whatever their order.
    ///
    /// Letter case and `_ - . / :` and spaces do not count. First come names within a third of the length in edits
    /// (insertions, deletions, substitutions, swaps of neighbours), then names that contain the text or stand in it,
    /// then names that share at least half of its words. Anything else is no match, so nonsense gets none.
    public static func matches(_ text: String, among candidates: some Sequence<String>, limit: Int) -> [String] {
        guard limit > 0, let wanted = Name(text) else { return [] }
        var best: [(score: Score, name: String)] = []
        for candidate in candidates {
            guard let name = Name(candidate), let score = Score(wanted, name) else { continue }
            if best.count == limit, let last = best.last, !precedes((score, candidate), last) { continue }
            let place = best.firstIndex { precedes((score, candidate), $0) } ?? best.count
            best.insert((score, candidate), at: place)
            if best.count > limit { best.removeLast() }
        }
        return best.map(\.name)
    }

    private static func precedes(_ left: (Score, String), _ right: (Score, String)) -> Bool {
        if left.0 != right.0 { return left.0 < right.0 }
        return left.1.utf8.lexicographicallyPrecedes(right.1.utf8)
    }

    /// A name without case and separators, and the words between its separators.
    private struct Name {
        var letters: [UInt8] = []
        var words: [[UInt8]] = []

        init?(_ text: String) {
            guard 1...Nearest.byteLimit ~= text.utf8.count else { return nil }
            words = text.utf8.split { " _-./:".utf8.contains($0) }.map { $0.map(\.lowercased) }
            letters = Array(words.joined())
            if letters.isEmpty { return nil }
        }
    }

    /// How near a name is; less is nearer.
    private struct Score: Comparable {
        enum Kind: Int { case edits, containment, words }
        let kind: Kind
        let value: Int

        init?(_ wanted: Name, _ name: Name) {
            let (short, long) = wanted.letters.count < name.letters.count ? (wanted, name) : (name, wanted)
            let limit = min(wanted.letters.count / 3, 8)
            if let edits = Nearest.distance(wanted.letters, name.letters, limit: limit) {
                (kind, value) = (.edits, edits)
            } else if short.letters.count >= 3, Nearest.contains(long.letters, short.letters) {
                (kind, value) = (.containment, long.letters.count - short.letters.count)
            } else {
                // Little words (a, do, not, of) say nothing about what was meant.
                let words = wanted.words.filter { $0.count >= 4 }
                let shared = words.count { name.words.contains($0) }
                guard shared > 0, 2 * shared >= words.count else { return nil }
                (kind, value) = (.words, 2 * (words.count - shared) + name.words.count)
            }
        }

        static func < (left: Score, right: Score) -> Bool {
            (left.kind.rawValue, left.value) < (right.kind.rawValue, right.value)
        }
    }

    private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
        text.withUnsafeBufferPointer { text in
            part.withUnsafeBufferPointer { part in
                (0...(text.count - part.count)).contains { text[$0..<($0 + part.count)].elementsEqual(part) }
            }
        }
    }

    /// The Damerau-Levenshtein distance in its restricted form (optimal string alignment), or `nil` above `limit`.
    /// Only the cells within `limit` of the diagonal are filled: O(limit × length).
    static func distance(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int? {
        guard abs(left.count - right.count) <= limit else { return nil }
        let above = limit + 1
        var beforeLast: [Int] = []
        var last = (0...right.count).map { min($0, above) }
        for i in 0..<left.count {
            var row = [Int](repeating: above, count: right.count + 1)
            row[0] = min(i + 1, above)
            for j in max(0, i - limit)..<max(max(0, i - limit), min(right.count, i + limit + 1)) {
                var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (left[i] == right[j] ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    cost = min(cost, beforeLast[j - 1] + 1)
                }
                row[j + 1] = min(cost, above)
            }
            (beforeLast, last) = (last, row)
        }
        return last[right.count] <= limit ? last[right.count] : nil
    }
}
