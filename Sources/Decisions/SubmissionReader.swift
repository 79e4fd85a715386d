import JSON

/// Reads a good submission from its bytes, in one walk along the table of fields, without building a value.
///
/// It takes what the rules of `Checker` take, by the same `Shape.admits`, and gives up at anything else; `Checker` then says
/// what is wrong. Good lines that it gives up on spell a name with escapes, and come again in canonical form.
struct SubmissionReader: ~Copyable {
    /// The line is wrong, or unusual.
    struct GivesUp: Error {}

    private let bytes: UnsafeBufferPointer<UInt8>
    private let type: RecordType
    private var index = 0
    private var plan = SealingPlan()
    /// Where the members of the objects that are being read have their values, by place in the table; -1 where there is none.
    private var starts: [Int] = []
    private var id: String?
    private var subject: String?
    private var acceptsUnresolved = false
    private var targets: [Submission.Target] = []

    /// What was read; `nil` for anything but a good submission of that type in the usual spelling. Of a type other than a
    /// decision, only what `Checker` has taken is to be read: the rules beside its fields are not looked at here.
    static func read(_ bytes: UnsafeRawBufferPointer, as type: RecordType = .decision) -> Submission? {
        var reader = SubmissionReader(bytes.bindMemory(to: UInt8.self), type)
        do { try reader.document() } catch { return nil }
        return Submission(
            ReadSubmission(
                type: type, id: reader.id, subject: reader.subject, acceptsUnresolved: reader.acceptsUnresolved,
                targets: reader.targets, line: Array(bytes), plan: reader.plan))
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>, _ type: RecordType) {
        self.bytes = bytes
        self.type = type
        plan.template.reserveCapacity(bytes.count)
        plan.values.reserveCapacity(bytes.count)
    }

    private mutating func document() throws(GivesUp) {
        skipWhiteSpace()
        try object(type.table)
        skipWhiteSpace()
        guard index == bytes.count else { throw GivesUp() }
    }

    // MARK: Objects and lists

    /// Reads an object: first where its members are, then their values in canonical order, the sealed ones before the others.
    private mutating func object(_ table: FieldTable) throws(GivesUp) {
        let base = starts.count
        starts.append(contentsOf: repeatElement(-1, count: table.entries.count))
        let present = try findMembers(table, base)
        let end = index
        guard present & table.required == table.required, table.anyOf == 0 || present & table.anyOf != 0 else {
            throw GivesUp()
        }
        if table === RecordType.decision.table { try checkGrounds(present, base) }
        plan.template.append(UInt8(ascii: "{"))
        var isFirst = try !sealMembers(table, base)
        for (place, entry) in table.entries.enumerated() where !entry.isSealed && starts[base + place] >= 0 {
            index = starts[base + place]
            let isEnvelope = table === type.table && (entry.name == "id" || entry.name == "type")
            if isEnvelope {
                try envelope(entry.name)
            } else {
                if !isFirst { plan.template.append(UInt8(ascii: ",")) }
                isFirst = false
                plan.template.append(contentsOf: entry.label)
                try value(entry.form)
                if entry.name == "unresolved" { acceptsUnresolved = true }
            }
            try expectEndOfValue()
        }
        plan.template.append(UInt8(ascii: "}"))
        starts.removeLast(starts.count - base)
        index = end
    }

    /// Passes over an object and keeps where the values of its members begin. Which they are is returned as a set of places.
    private mutating func findMembers(_ table: FieldTable, _ base: Int) throws(GivesUp) -> UInt64 {
        guard take(UInt8(ascii: "{")) else { throw GivesUp() }
        var present: UInt64 = 0
        skipWhiteSpace()
        if take(UInt8(ascii: "}")) { return present }
        repeat {
            skipWhiteSpace()
            guard current == UInt8(ascii: "\""), let name = CanonicalText.scan(bytes, from: index + 1),
                !name.hasEscapes,
                let place = table.index(of: UnsafeBufferPointer(rebasing: bytes[index + 1..<name.end])),
                present & 1 << UInt64(place) == 0
            else { throw GivesUp() }
            present |= 1 << UInt64(place)
            index = name.end + 1
            skipWhiteSpace()
            guard take(UInt8(ascii: ":")) else { throw GivesUp() }
            skipWhiteSpace()
            starts[base + place] = index
            try skipValue()
            skipWhiteSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw GivesUp() }
        return present
    }

    /// Goes behind a value without looking at more than its brackets and strings.
    private mutating func skipValue() throws(GivesUp) {
        var nesting = 0
        repeat {
            switch current {
            case UInt8(ascii: "\""):
                guard let text = CanonicalText.scan(bytes, from: index + 1) else { throw GivesUp() }
                index = text.end
            case UInt8(ascii: "{"), UInt8(ascii: "["): nesting += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): nesting -= 1
            case nil: throw GivesUp()
            default:
                if nesting == 0 { return skipScalar() }
            }
            index += 1
        } while nesting > 0
    }

    private mutating func skipScalar() {
        while let byte = current, byte > 0x20, byte != UInt8(ascii: ","), byte != UInt8(ascii: "}"),
            byte != UInt8(ascii: "]")
        { index += 1 }
    }

    /// A decision has principles or the reason why none is cited, and a rationale or the reason why there is none.
    private mutating func checkGrounds(_ present: UInt64, _ base: Int) throws(GivesUp) {
        let isReasoned = present & Self.rationale != 0
        guard isReasoned != (present & Self.rationaleAbsent != 0) else { throw GivesUp() }
        var cites = present & Self.principles != 0
        if cites {
            let end = index
            index = starts[base + Self.principles.trailingZeroBitCount]
            if take(UInt8(ascii: "[")) {
                skipWhiteSpace()
                cites = current != UInt8(ascii: "]")
            }
            index = end
        }
        guard cites != (present & Self.noneCited != 0) else { throw GivesUp() }
    }

    private static let principles = RecordType.decision.table.set("principles")
    private static let noneCited = RecordType.decision.table.set("none_cited")
    private static let rationale = RecordType.decision.table.set("rationale")
    private static let rationaleAbsent = RecordType.decision.table.set("rationale_absent")

    /// Reads what stands in the entry itself and not in its body.
    private mutating func envelope(_ name: String) throws(GivesUp) {
        let text = try plainText()
        index += text.count + 2
        if name == "type" {
            guard text.elementsEqual(type.name.utf8) else { throw GivesUp() }
        } else {
            guard Grammar.isID(text) else { throw GivesUp() }
            id = String(decoding: text, as: UTF8.self)
        }
    }

    private mutating func list(_ form: FieldTable.Form, _ counts: ClosedRange<Int>) throws(GivesUp) {
        guard take(UInt8(ascii: "[")) else { throw GivesUp() }
        plan.template.append(UInt8(ascii: "["))
        var count = 0
        skipWhiteSpace()
        if current != UInt8(ascii: "]") {
            repeat {
                skipWhiteSpace()
                if count > 0 { plan.template.append(UInt8(ascii: ",")) }
                count += 1
                try value(form)
                skipWhiteSpace()
            } while take(UInt8(ascii: ","))
        }
        guard take(UInt8(ascii: "]")), counts.contains(count) else { throw GivesUp() }
        plan.template.append(UInt8(ascii: "]"))
    }

    // MARK: Values

    /// Puts the sealed members into the plan; `false` where there is none.
    private mutating func sealMembers(_ table: FieldTable, _ base: Int) throws(GivesUp) -> Bool {
        let first = plan.sealed.count
        for (place, entry) in table.entries.enumerated() where entry.isSealed && starts[base + place] >= 0 {
            index = starts[base + place]
            let start = plan.values.count
            plan.values.append(contentsOf: entry.disclosureLabel)
            let begin = plan.values.count
            try sealedValue(entry.form)
            plan.sealed.append(start..<plan.values.count)
            if entry.name == "subject" { subject = CanonicalText.decode(plan.values[begin...]) }
            try expectEndOfValue()
        }
        guard plan.sealed.count > first else { return false }
        plan.holes.append(.init(offset: plan.template.count, filling: .digests(first..<plan.sealed.count)))
        return true
    }

    private mutating func sealedValue(_ form: FieldTable.Form) throws(GivesUp) {
        switch form {
        case .text(let limit): guard 1...limit ~= (try text()) else { throw GivesUp() }
        case .simple(let shape): try parsed(shape).append(to: &plan.values)
        case .word, .object, .list: throw GivesUp()
        }
    }

    /// Writes the value that begins here into the template, or leaves a hole.
    private mutating func value(_ form: FieldTable.Form) throws(GivesUp) {
        switch form {
        case .object(let table): try object(table)
        case .list(let form, let counts): try list(form, counts)
        case .word(let words): try copy { words.index(of: $0) != nil }
        case .simple(.code): try copy { Grammar.isCode($0) }
        case .simple(.id): try copy { Grammar.isID($0) }
        case .simple(.record(let types)):
            targets.append(.init(id: String(decoding: try plainText(), as: UTF8.self), types: types))
            try copy { Grammar.isID($0) }
        case .simple(.reference): try cite()
        case .simple(.party):
            let text = try? plainText()
            if let text, Shape.isMessage(text) { try copy { _ in true } } else { try cite() }
        case .simple(.fraction):
            // Kept as it was written, and in quotes: how a number is written is not always its canonical form.
            plan.template.append(UInt8(ascii: "\""))
            try parsed(.fraction).append(to: &plan.template)
            plan.template.append(UInt8(ascii: "\""))
        case .simple(let shape): try parsed(shape).append(to: &plan.template)
        case .text: throw GivesUp()
        }
    }

    /// Copies a string without escapes into the template, if its text is right.
    private mutating func copy(if isRight: (UnsafeBufferPointer<UInt8>) -> Bool) throws(GivesUp) {
        let text = try plainText()
        guard isRight(text) else { throw GivesUp() }
        let end = index + text.count + 2
        plan.template.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[index..<end]))
        index = end
    }

    /// The text of the string that begins here, which must have no escapes.
    private func plainText() throws(GivesUp) -> UnsafeBufferPointer<UInt8> {
        guard current == UInt8(ascii: "\""), let text = CanonicalText.scan(bytes, from: index + 1), !text.hasEscapes,
            text.isASCII
        else { throw GivesUp() }
        return UnsafeBufferPointer(rebasing: bytes[index + 1..<text.end])
    }

    private mutating func cite() throws(GivesUp) {
        let start = plan.values.count
        guard 1...512 ~= (try text()) else { throw GivesUp() }
        plan.holes.append(.init(offset: plan.template.count, filling: .citation(start..<plan.values.count)))
    }

    /// Adds the string that begins here to the values, in canonical form; its length without quotes and escapes is returned.
    private mutating func text() throws(GivesUp) -> Int {
        guard current == UInt8(ascii: "\""), let text = CanonicalText.scan(bytes, from: index + 1) else {
            throw GivesUp()
        }
        let literal = UnsafeBufferPointer(rebasing: bytes[index...text.end])
        index = text.end + 1
        if text.hasEscapes {
            guard let value = (try? JSON(parsing: UnsafeRawBufferPointer(literal)))?.text else { throw GivesUp() }
            JSON.append(value, to: &plan.values)
            return value.utf8.count
        }
        guard text.isASCII || Self.isUTF8(literal) else { throw GivesUp() }
        plan.values.append(contentsOf: literal)
        return literal.count - 2
    }

    private static func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        (try? UTF8Span(validating: Span(_unsafeElements: bytes))) != nil
    }

    /// The value that begins here, built and checked by its shape: for what is short or rare.
    private mutating func parsed(_ shape: Shape) throws(GivesUp) -> JSON {
        let start = index
        try skipValue()
        let text = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[start..<index]))
        guard let value = try? JSON(parsing: text, insideLevels: 1) else { throw GivesUp() }
        if case .anyObject = shape, case .object = value { return value }
        guard shape.admits(value) else { throw GivesUp() }
        return value
    }

    // MARK: Bytes

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        index += 1
        return true
    }

    private mutating func skipWhiteSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    /// A value ends where its object goes on or ends: `skipValue` took the two apart without looking inside.
    private mutating func expectEndOfValue() throws(GivesUp) {
        skipWhiteSpace()
        guard current == UInt8(ascii: ",") || current == UInt8(ascii: "}") else { throw GivesUp() }
    }
}
