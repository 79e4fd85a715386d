import GRDB
import Glibc

/// How alike texts are by the words they share, rarer words counting more.
///
/// A word that `n` of `N` texts have weighs ln(1 + N/n). Two texts are alike by twice the weight of the words that both have over
/// the weight of the words of each: 0 with none in common, 100 with the same. How often a word stands in a text counts for nothing.
struct Likeness {
    /// The words of each text, as full text tells them apart.
    private let words: [Set<String>]
    private let weights: [String: Double]
    private let totals: [Double]

    init(_ texts: [String]) throws {
        words = try Self.words(texts)
        var counts: [String: Int] = [:]
        for word in words.joined() { counts[word, default: 0] += 1 }
        let weights = counts.mapValues { log(1 + Double(texts.count) / Double($0)) }
        // In one order, so that sums come out the same each time.
        totals = words.map { Self.sum($0, weights) }
        self.weights = weights
    }

    /// How many per cent text `one` and text `other` are alike, rounded down, and the words that both have, the rarest first.
    func compare(_ one: Int, _ other: Int) -> (percentage: Int, shared: [String]) {
        let shared = words[one].intersection(words[other])
        let total = totals[one] + totals[other]
        let ranked = shared.sorted { ((weights[$1] ?? 0), $0) < ((weights[$0] ?? 0), $1) }
        guard total > 0 else { return (0, ranked) }
        return (Int(200 * Self.sum(shared, weights) / total), ranked)
    }

    private static func sum(_ words: Set<String>, _ weights: [String: Double]) -> Double {
        words.sorted().reduce(0) { $0 + (weights[$1] ?? 0) }
    }

    /// The distinct words of each text, by the tokenizer of the index.
    static func words(_ texts: [String]) throws -> [Set<String>] {
        try DatabaseQueue().write { database in
            try database.execute(sql: IndexSchema.createTextTable("words"))
            try database.execute(sql: "CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, instance)")
            for (row, text) in texts.enumerated() {
                try database.cachedStatement(sql: "INSERT INTO words (rowid, summary) VALUES (?, ?)")
                    .execute(arguments: [row, text])
            }
            var words = texts.map { _ in Set<String>() }
            let rows = try Row.fetchCursor(database, sql: "SELECT DISTINCT doc, term FROM vocabulary")
            while let row = try rows.next() { words[row[0] as Int].insert(row[1]) }
            return words
        }
    }
}
