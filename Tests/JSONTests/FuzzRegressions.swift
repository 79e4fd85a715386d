import JSON
import Testing

/// What fuzzing found.
struct FuzzRegressions {
    @Test func `an object filled in any order is the object that is read`() throws {
        // Multiplying by an odd number passes through every number below a power of two once.
        let numbers = (0..<4096).map { $0 * 1_597 % 4096 }
        var object = JSONObject()
        for number in numbers { object["é\(number)\u{1F600}"] = .integer(Int64(number)) }
        let text = numbers.map { "\"é\($0)\u{1F600}\":\($0)" }.joined(separator: ",")
        #expect(try JSON(parsing: Array("{\(text)}".utf8)) == .object(object))
        for number in numbers where number % 2 == 0 { object["é\(number)\u{1F600}"] = nil }
        #expect(object.members.count == 2048)
        for number in numbers {
            #expect(object["é\(number)\u{1F600}"]?.integer == (number % 2 == 0 ? nil : Int64(number)))
        }
    }

    @Test func `names are found by their bytes in the order of UTF-16`() {
        // In UTF-16 a surrogate pair stands before U+FB33, in UTF-8 after it (RFC 8785 section 3.2.3).
        let names = ["", "\r", "1", "\u{80}", "\u{F6}", "o\u{308}", "\u{20AC}", "\u{1F600}", "\u{FB33}", "\u{FFFD}"]
        var object = JSONObject()
        for (index, name) in names.enumerated().reversed() { object[name] = .integer(Int64(index)) }
        for (index, name) in names.enumerated() { #expect(object[name]?.integer == Int64(index)) }
        #expect(object["\u{F6}\u{0}"] == nil && object["\u{6F}"] == nil)
        object["\u{FB33}"] = nil
        #expect(object["\u{FB33}"] == nil && object.members.count == names.count - 1)
    }

    @Test func `what is hidden is what Unicode says of every character`() {
        for scalar in (UInt32(0)...0x10FFFF).compactMap(Unicode.Scalar.init) {
            let properties = scalar.properties
            let choosesForm = 0xFE00...0xFE0F ~= scalar.value
            let isAnnotation = 0xFFF9...0xFFFB ~= scalar.value
            let isControl = properties.generalCategory == .control && scalar.value >= 0x7F
            let isSeparator = [.lineSeparator, .paragraphSeparator].contains(properties.generalCategory)
            let isIgnorable = properties.isDefaultIgnorableCodePoint && !choosesForm
            let want = isControl || isSeparator || isAnnotation || isIgnorable || properties.isBidiControl
            if JSON.isHidden(scalar) != want { Issue.record("U+\(String(scalar.value, radix: 16))") }
        }
    }

    @Test func `a name as long as the text is named by its beginning where it stands twice`() {
        let name = String(repeating: "\u{202E}", count: 100_000)
        do {
            _ = try JSON(parsing: Array("{\"\(name)\":1,\"\(name)\":2}".utf8))
            Issue.record("the name stands twice")
        } catch {
            #expect(error.problem == .duplicateName(name))
            #expect(error.description.utf8.count < 1000 && !error.description.contains("\u{202E}"))
        }
    }
}
