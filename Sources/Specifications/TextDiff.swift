import Cryptography

/// The difference of two texts, line by line.
///
/// The lines that are the same or removed make the old text, those that are the same or added the new one, byte for
/// byte. Lines are compared with their ends, so a missing last LF is a difference.
public struct TextDiff: Sendable, Equatable {
    /// One line of either text.
    public struct Line: Sendable, Equatable {
        public enum Kind: Sendable { case same, removed, added }

        public let kind: Kind
        /// The line without its LF.
        public let text: String
        /// Whether an LF ends it; only the last line of a text may have none.
        public let isTerminated: Bool

        /// The line after a space, `-` or `+`, as unified differences write it.
        public var marked: String {
            switch kind {
            case .same: " " + text
            case .removed: "-" + text
            case .added: "+" + text
            }
        }

        public static func == (left: Line, right: Line) -> Bool {
            left.kind == right.kind && left.isTerminated == right.isTerminated
                && left.text.utf8.elementsEqual(right.text.utf8)
        }
    }

    /// A stretch of changed lines with the unchanged ones around it.
    public struct Hunk: Sendable, Equatable {
        /// The first line in the old text, from 1; the line before where the hunk has none of it.
        public let oldStart: Int
        public let oldCount: Int
        /// As `oldStart`, in the new text.
        public let newStart: Int
        public let newCount: Int
        public let lines: [Line]
    }

    public let lines: [Line]
    /// Whether no shorter difference exists. Texts that differ too much are shown as removed and added whole, between
    /// their common beginning and end.
    public let isShortest: Bool

    /// Compares two texts, with bounded time and memory for each of their lines.
    public init(from old: String, to new: String) {
        let oldLines = Self.lines(of: old)
        let newLines = Self.lines(of: new)
        // Digests stand for lines: equal exactly when the bytes are, and quick to compare.
        let script = EditScript(
            from: oldLines.map { SHA256.digest(of: String($0)) }, to: newLines.map { SHA256.digest(of: String($0)) })
        isShortest = script.isShortest
        lines = script.steps.map { step in
            switch step {
            case .same(let index, _): Self.line(.same, oldLines[index])
            case .removed(let index): Self.line(.removed, oldLines[index])
            case .added(let index): Self.line(.added, newLines[index])
            }
        }
    }

    /// Whether the texts are the same.
    public var isEmpty: Bool { lines.allSatisfy { $0.kind == .same } }

    private static func lines(of text: String) -> [Substring] {
        var lines: [Substring] = []
        var rest = Substring(text)
        while let end = rest.utf8.firstIndex(of: UInt8(ascii: "\n")) {
            let next = rest.utf8.index(after: end)
            lines.append(rest[..<next])
            rest = rest[next...]
        }
        return rest.isEmpty ? lines : lines + [rest]
    }

    private static func line(_ kind: Line.Kind, _ text: Substring) -> Line {
        let isTerminated = text.utf8.last == UInt8(ascii: "\n")
        // Without its LF by bytes: as a character, CR LF is one.
        return Line(
            kind: kind, text: String(isTerminated ? Substring(text.utf8.dropLast()) : text), isTerminated: isTerminated)
    }
}

extension TextDiff {
    /// The changes with up to `context` unchanged lines before and after each; those that touch are one.
    public func hunks(context: Int = 2) -> [Hunk] {
        precondition(context >= 0, "a hunk cannot have fewer than no lines around it")
        var ranges: [Range<Int>] = []
        for index in lines.indices where lines[index].kind != .same {
            let start = max(0, index - context)
            let end = min(lines.count, index + 1 + context)
            if let last = ranges.last, last.upperBound >= start {
                ranges[ranges.count - 1] = last.lowerBound..<end
            } else {
                ranges.append(start..<end)
            }
        }
        var (old, new, position) = (0, 0, 0)
        return ranges.map { range in
            let skipped = range.lowerBound - position
            position = range.upperBound
            let part = Array(lines[range])
            let oldCount = part.count { $0.kind != .added }
            let newCount = part.count { $0.kind != .removed }
            defer { (old, new) = (old + skipped + oldCount, new + skipped + newCount) }
            return Hunk(
                oldStart: old + skipped + (oldCount > 0 ? 1 : 0), oldCount: oldCount,
                newStart: new + skipped + (newCount > 0 ? 1 : 0), newCount: newCount, lines: part)
        }
    }

    /// The hunks in the unified format; empty where the texts are the same.
    public func unified(context: Int = 2) -> String {
        hunks(context: context).map(\.description).joined()
    }
}

extension TextDiff.Hunk: CustomStringConvertible {
    /// The hunk in the unified format, each line ended by LF.
    public var description: String {
        var text = "@@ -\(oldStart),\(oldCount) +\(newStart),\(newCount) @@\n"
        for line in lines {
            switch line.kind {
            case .same: text += " "
            case .removed: text += "-"
            case .added: text += "+"
            }
            text += line.text + (line.isTerminated ? "\n" : "\n\\ No newline at end of text\n")
        }
        return text
    }
}
