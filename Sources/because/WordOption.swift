import ArgumentParser

/// The word of an option that takes one of a few.
func word<Word: RawRepresentable & CaseIterable>(_ name: String) throws -> Word where Word.RawValue == String {
    if let word = Word(rawValue: name) { return word }
    throw ValidationError("\(name) is none of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
}
