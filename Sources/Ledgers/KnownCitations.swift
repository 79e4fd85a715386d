import Decisions
import Glibc
import JSON

/// The citations that were found to hold, by their bytes, as long as references mean the same.
///
/// A ledger has few different citations and millions of entries that make them: each is looked at once.
final class KnownCitations {
    private let history: SpecificationHistory
    private var texts: [[UInt8]] = []
    private var places: [UInt64: Int] = [:]
    /// The place of the one that came last.
    private var last = 0
    /// Of these entries the citations were found to hold.
    private var numbers: ClosedRange<UInt64>?
    /// Citations that are remembered. Beyond it all are forgotten.
    private static let limit = 4096

    init(_ history: SpecificationHistory) { self.history = history }

    /// Forgets what need not hold in entry `number`.
    func prepare(for number: UInt64) {
        guard numbers?.contains(number) != true else { return }
        forget()
        numbers = history.unchanged(around: number)
    }

    private func forget() {
        texts.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
        last = 0
    }

    /// How many bytes from the first on are a citation that is known to hold, or 0.
    func count(atStartOf bytes: UnsafeRawBufferPointer) -> Int {
        // Asked of every object there is: by eight bytes it is told which may be citations.
        guard bytes.count > Self.keyLength, !texts.isEmpty, Self.mayBeKnown(bytes), let start = bytes.baseAddress
        else { return 0 }
        if isWritten(last, bytes) { return texts[last].count }
        // Only the last members of an object are needed to find it; `isWritten` looks at all of it.
        guard let end = memchr(start, Int32(UInt8(ascii: "}")), bytes.count) else { return 0 }
        let count = UnsafeRawPointer(end) - start + 1
        guard let key = Self.key(UnsafeRawBufferPointer(rebasing: bytes[..<count])), let place = places[key],
            isWritten(place, bytes)
        else { return 0 }
        last = place
        return texts[place].count
    }

    /// Whether an object begins as citations do, with `authority` or `document_digest`.
    private static func mayBeKnown(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let word = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
        return word == authority || word == documentDigest
    }

    // `{"author` and `{"docume`, in the order in which they are read into a word.
    private static let authority: UInt64 = 0x726f_6874_7561_227b
    private static let documentDigest: UInt64 = 0x656d_7563_6f64_227b

    private func isWritten(_ place: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
        texts[place].withUnsafeBytes { text in
            guard text.count <= bytes.count, let start = text.baseAddress, let other = bytes.baseAddress else {
                return false
            }
            return memcmp(start, other, text.count) == 0
        }
    }

    private static let keyLength = 24

    /// The end of an object, by which it is found: in a citation that is the digest of its section.
    private static func key(_ text: UnsafeRawBufferPointer) -> UInt64? {
        guard text.count >= keyLength else { return nil }
        let (first, second) = (
            text.loadUnaligned(fromByteOffset: text.count - 24, as: UInt64.self),
            text.loadUnaligned(fromByteOffset: text.count - 16, as: UInt64.self)
        )
        return first ^ (second << 29 | second >> 35) ^ UInt64(text.count)
    }

    /// Looks at an object without lists or objects in it that has a `ref`: whether it is a citation that holds in entry
    /// `number`, which is then remembered. `false` leaves it to who says what is wrong with it.
    func learn(_ text: UnsafeRawBufferPointer, number: UInt64) -> Bool {
        guard let body = try? JSON(parsing: text), let found = Decisions.Citation.all(in: body).first,
            history.problem(with: found.citation, ref: found.ref, at: number) == nil
        else { return false }
        guard numbers?.contains(number) == true, let key = Self.key(text), places[key] == nil else { return true }
        if texts.count == Self.limit { forget() }
        places[key] = texts.count
        texts.append(Array(text))
        return true
    }
}
