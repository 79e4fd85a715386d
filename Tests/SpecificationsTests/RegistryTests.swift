import Cryptography
import Specifications
import Testing

struct RegistryTests {
    /// Two versions of `acme/rules` and one of `acme/tone`, registered in entries 1 to 3.
    private func sample() throws -> Registry {
        var registry = Registry()
        try registry.register(Registration(parse("# A {#alpha authority=root}\n# B {#beta}", version: "1"), entry: 1))
        try registry.register(Registration(parse("# A {#alpha}\n# C {#gamma}", version: "2"), entry: 2))
        let tone = try Specification(
            parsing: Array("# T\n".utf8), format: .markdown, id: "acme/tone", version: "2026-01")
        try registry.register(Registration(tone, entry: 3))
        return registry
    }

    @Test func `a registration says what the specification holds, without its texts`() throws {
        let specification = try parse("# A {#a authority=root tags=x}\n## B {#b}")
        let registration = Registration(specification, entry: 9)
        #expect(registration.id == "acme/rules")
        #expect(registration.version == "1")
        #expect(registration.format == .modelSpec)
        #expect(registration.digest == specification.digest)
        #expect(registration.entry == 9)
        #expect(registration.activatedAt == nil)
        #expect(registration.sections == specification.sections.map { RegisteredSection($0) })
        #expect(registration.sections.map(\.parent) == [nil, "a"])
    }

    @Test func `a reference resolves to the words it cites`() throws {
        let registry = try sample()
        let citation = try registry.resolve(Reference(parsing: "acme/rules@1#alpha"))
        let specification = try parse("# A {#alpha authority=root}\n# B {#beta}", version: "1")
        #expect(citation.document == "acme/rules")
        #expect(citation.version == "1")
        #expect(citation.documentDigest == specification.digest)
        #expect(citation.section == "alpha")
        #expect(citation.title == "A")
        #expect(citation.sectionDigest == SHA256.digest(of: "# A {#alpha authority=root}\n"))
        #expect(citation.authority == "root")
        #expect(citation.registeredAt == 1)
        #expect(citation.description == "acme/rules@1#alpha")
        #expect(try registry.resolve(Reference(parsing: "acme/rules@2#alpha")) != citation)
    }

    @Test func `without a version the one in force is cited`() throws {
        var registry = try sample()
        let reference = try Reference(parsing: "acme/rules#alpha")
        #expect(throws: ResolutionError.noneInForce(document: "acme/rules", known: ["1", "2"])) {
            try registry.resolve(reference)
        }
        try registry.activate(id: "acme/rules", version: "2", entry: 4)
        #expect(try registry.resolve(reference).version == "2")
        try registry.activate(id: "acme/rules", version: "1", entry: 7)
        #expect(try registry.resolve(reference).version == "1")
        try registry.activate(id: "acme/rules", version: "2", entry: 9)
        #expect(registry.inForce("acme/rules")?.version == "2")
        #expect(registry.inForce("acme/rules")?.activatedAt == 9)
        #expect(registry.inForce("acme/tone") == nil)
        #expect(
            [3, 4, 6, 7, 8, 9, 99].map { registry.inForce("acme/rules", at: $0)?.version }
                == [nil, "2", "2", "1", "1", "2", "2"])
    }

    @Test func `what does not resolve is refused with the nearest names`() throws {
        let registry = try sample()
        #expect(throws: ResolutionError.unknownDocument(got: "acme/rule", nearest: ["acme/rules", "acme/tone"])) {
            try registry.resolve(Reference(parsing: "acme/rule#alpha"))
        }
        #expect(throws: ResolutionError.unknownVersion(document: "acme/rules", got: "3", known: ["1", "2"])) {
            try registry.resolve(Reference(parsing: "acme/rules@3#alpha"))
        }
        #expect(
            throws: ResolutionError.unknownSection(
                document: "acme/rules", version: "2", got: "alhpa", nearest: ["acme/rules@2#alpha"], elsewhere: [])
        ) { try registry.resolve(Reference(parsing: "acme/rules@2#alhpa")) }
        #expect(
            throws: ResolutionError.unknownSection(
                document: "acme/rules", version: "2", got: "beta", nearest: [], elsewhere: ["1"])
        ) { try registry.resolve(Reference(parsing: "acme/rules@2#beta")) }
    }

    @Test func `messages show the nearest names`() {
        #expect(
            ResolutionError.unknownSection(
                document: "openai/model-spec", version: "2025-12-18r2", got: "protect_privcy",
                nearest: ["openai/model-spec@2025-12-18r2#protect_privacy", "openai/model-spec@2025-12-18r2#be_warm"],
                elsewhere: []
            ).description
                == "openai/model-spec@2025-12-18r2 has no section \"protect_privcy\"; nearest: protect_privacy, be_warm"
        )
        #expect(
            ResolutionError.unknownSection(document: "a", version: "2", got: "b", nearest: [], elsewhere: ["1"])
                .description == "a@2 has no section \"b\"; it stands in version 1")
        #expect(
            ResolutionError.unknownDocument(got: "a", nearest: []).description == "no document \"a\" is registered")
        #expect(
            ResolutionError.noneInForce(document: "a", known: ["1", "2"]).description
                == "no version of a is in force; name one: 1, 2")
    }

    @Test func `the same text again is known by its entry`() throws {
        var registry = try sample()
        let again = Registration(try parse("# A {#alpha}\n# C {#gamma}", version: "2"), entry: 8)
        #expect(try registry.register(again) == .alreadyRegistered(entry: 2))
        #expect(registry.registrations.count == 3)
        #expect(try registry.register(Registration(parse("# N {#n}", version: "3"), entry: 9)) == .registered)
    }

    @Test func `one label never stands for two texts`() throws {
        var registry = try sample()
        let first = try parse("# A {#alpha}\n# C {#gamma}", version: "2")
        let other = try parse("# A {#alpha}\n# C {#gamma}\n", version: "2")
        let error = RegistryError.otherText(id: "acme/rules", version: "2", got: other.digest, registered: first.digest)
        #expect(throws: error) { try registry.register(Registration(other, entry: 8)) }
        #expect(error.description.contains(first.digest.hex) && error.description.contains(other.digest.hex))
        let markdown = try parse("# A {#alpha}\n# C {#gamma}", .markdown, version: "2")
        #expect(
            throws: RegistryError.otherFormat(
                id: "acme/rules", version: "2", got: .markdown, registered: .modelSpec)
        ) { try registry.register(Registration(markdown, entry: 8)) }
        #expect(registry.registrations.count == 3)
    }

    @Test func `registrations are found by name and by digest`() throws {
        var registry = try sample()
        let first = try parse("# A {#alpha}\n# C {#gamma}", version: "2")
        try registry.register(Registration(parse("# A {#alpha}\n# C {#gamma}", version: "2-again"), entry: 8))
        #expect(registry.registration(id: "acme/rules", version: "2")?.entry == 2)
        #expect(registry.registration(digest: first.digest)?.version == "2")
        #expect(registry.registration(id: "acme/rules", version: "9") == nil)
        #expect(registry.registration(digest: SHA256.digest(of: "")) == nil)
    }

    @Test func `an activation that cannot be is refused`() throws {
        var registry = try sample()
        #expect(throws: RegistryError.unknownDocument(got: "x")) {
            try registry.activate(id: "x", version: "1", entry: 9)
        }
        #expect(throws: RegistryError.unknownVersion(id: "acme/rules", got: "9")) {
            try registry.activate(id: "acme/rules", version: "9", entry: 9)
        }
        #expect(
            throws: RegistryError.activatedBeforeRegistered(id: "acme/rules", version: "2", got: 1, registered: 2)
        ) { try registry.activate(id: "acme/rules", version: "2", entry: 1) }
        try registry.activate(id: "acme/rules", version: "2", entry: 5)
        try registry.activate(id: "acme/rules", version: "2", entry: 5)
        #expect(throws: RegistryError.activationOutOfOrder(id: "acme/rules", got: 4, last: 5)) {
            try registry.activate(id: "acme/rules", version: "1", entry: 4)
        }
        #expect(throws: RegistryError.activationOutOfOrder(id: "acme/rules", got: 5, last: 5)) {
            try registry.activate(id: "acme/rules", version: "1", entry: 5)
        }
        #expect(registry.inForce("acme/rules")?.version == "2")
    }

    /// What a log says is foreign: names and ids may be anything.
    @Test func `a registration read from elsewhere is checked`() throws {
        func registration(
            _ id: String, version: String = "1", sections: [String], entry: UInt64 = 1, activatedAt: UInt64? = nil
        ) -> Registration {
            Registration(
                id: id, version: version, format: .json, digest: SHA256.digest(of: version), entry: entry,
                activatedAt: activatedAt,
                sections: sections.enumerated().map {
                    RegisteredSection(
                        id: $1, title: $1, level: 1, authority: nil, tags: [], parent: nil, order: $0,
                        digest: SHA256.digest(of: $1))
                })
        }
        var registry = Registry()
        #expect(throws: RegistryError.badName(.document, got: "a b")) {
            try registry.register(registration("a b", sections: []))
        }
        #expect(throws: RegistryError.badName(.version, got: "")) {
            try registry.register(registration("a", version: "", sections: []))
        }
        #expect(throws: RegistryError.badName(.section, got: "é")) {
            try registry.register(registration("a", sections: ["é"]))
        }
        #expect(throws: RegistryError.duplicateSection("s")) {
            try registry.register(registration("a", sections: ["s", "s"]))
        }
        #expect(throws: RegistryError.activatedBeforeRegistered(id: "a", version: "1", got: 2, registered: 3)) {
            try registry.register(registration("a", sections: ["s"], entry: 3, activatedAt: 2))
        }
        #expect(registry.registrations.isEmpty)
        try registry.register(registration("a", version: "1", sections: ["s"], entry: 1, activatedAt: 9))
        try registry.register(registration("a", version: "2", sections: ["s"], entry: 2, activatedAt: 4))
        #expect(registry.inForce("a")?.version == "1")
        #expect(registry.inForce("a", at: 8)?.version == "2")
    }

    @Test func `many references resolve quickly`() throws {
        let text = (0..<1000).map { "# T\($0) {#section_\($0)}\n" }.joined()
        var registry = Registry()
        for version in 0..<20 {
            try registry.register(Registration(parse(text + "\(version)", version: "\(version)"), entry: 1))
        }
        try registry.activate(id: "acme/rules", version: "7", entry: 2)
        let references = try (0..<1000).map { try Reference(parsing: "acme/rules#section_\($0)") }
        let start = ContinuousClock.now
        for _ in 0..<20 {
            for reference in references { #expect(try registry.resolve(reference).version == "7") }
        }
        // Unoptimised and with the cost of 20,000 expectations; a scan would take minutes.
        #expect(ContinuousClock.now - start < .seconds(20))
    }
}
