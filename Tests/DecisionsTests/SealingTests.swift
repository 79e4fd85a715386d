import Cryptography
import Decisions
import JSON
import Testing

private func sealed(_ text: String) throws -> (submission: Submission, body: SealedBody, json: JSON) {
    let submission = try Samples.submission(text)
    let body = try submission.sealed(randomness: CountingRandomness().source, resolve: Samples.resolve)
    return (submission, body, try JSON(parsing: body.bytes))
}

private func reveal(_ json: JSON, _ disclosures: [Disclosure]) throws -> RevealedRecord {
    RevealedRecord(body: try #require(json.object), disclosures: disclosures)
}

struct SealingTests {
    @Test func `no free text of a decision is in its body, in any form`() throws {
        let (_, body, _) = try sealed(Samples.full)
        let text = String(decoding: body.bytes, as: UTF8.self)
        let secrets = [
            "Refused", "outside", "send it", "Send it now", "\"request\"", "can't", "customer", "0a0a",
            "any", "\"n\"",
        ]
        for secret in secrets { #expect(!text.contains(secret), "\(secret)") }
        #expect(body.disclosures.count == 12)
    }

    /// The closed table: every field that holds text, names or context is sealed.
    @Test func `what stays clear is a word, an integer, a time, a boolean, a reference or a code`() {
        func check(_ fields: [Field]) {
            for field in fields where !field.isSealed { check(field.shape, field.name) }
        }
        func check(_ shape: Shape, _ name: String) {
            switch shape {
            case .text, .anyObject: Issue.record("\(name) is free text in clear")
            case .object(let fields): check(fields)
            case .list(let shape, _): check(shape, name)
            case .contentDigest: #expect(name == "digest")
            default: break
            }
        }
        check(DecisionFields.all)
    }

    @Test func `the body is canonical and its disclosures stand in the order of their digests`() throws {
        let (_, body, json) = try sealed(Samples.full)
        #expect(json.bytes() == body.bytes)
        #expect(SealedFields.digests(in: json) == body.disclosures.map(\.digest))
        for disclosure in body.disclosures {
            #expect(Disclosure(parsing: disclosure.text) == disclosure)
            #expect(SHA256.digest(of: disclosure.text) == disclosure.digest)
        }
    }

    /// The published example of RFC 9901 section 4.2.1: salt, name and value give this disclosure and digest.
    @Test func `a published disclosure is read and has its published digest`() throws {
        let text = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0"
        let disclosure = try #require(Disclosure(parsing: Array(text.utf8)))
        #expect(disclosure.name == "family_name" && disclosure.value == "Möbius")
        #expect(disclosure.digest.base64URL == "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0")
    }

    @Test(arguments: ["", "e30", "WzEsMiwzXQ", "WyJhIiwiYiJd", "WyJhIiwiX3NkIiwxXQ", "WyJhIiwiYiIsMV0=", "%%%%"])
    func `what is no disclosure is not read as one`(text: String) {
        #expect(Disclosure(parsing: Array(text.utf8)) == nil)
    }

    @Test func `salts never repeat`() throws {
        let (_, body, _) = try sealed(Samples.full)
        let salts = body.disclosures.compactMap { Base64.decode($0.text, .url) }.compactMap {
            try? JSON(parsing: $0).items?.first
        }
        #expect(Set(salts.compactMap(\.text)).count == body.disclosures.count)
    }

    @Test func `a reference that does not resolve is refused with its place, unless that is accepted`() throws {
        let text = #"{"outcome":"comply","principles":[{"ref":"a/b#zz","role":"applied"}],"rationale_absent":"y"}"#
        let error = #expect(throws: SubmissionError.self) { try sealed(text) }
        #expect(error?.problems == [.unresolved(field: "principles[0].ref", reason: "no section a/b#zz")])
        let accepting = text.replacing("{\"outcome\"", with: "{\"unresolved\":\"accept\",\"outcome\"")
        let (submission, body, json) = try sealed(accepting)
        let principle = try #require(json["principles"]?.items?.first)
        #expect(principle["ref"]?["unresolved"] == true && principle["ref"]?["ref"] == nil)
        #expect(!String(decoding: body.bytes, as: UTF8.self).contains("zz"))
        let revealed = try reveal(json, body.disclosures)
        #expect(revealed.content == submission.content && revealed.citations.isEmpty)
    }
}

struct RevealedRecordTests {
    @Test(arguments: [Samples.full, Samples.least])
    func `with all disclosures the submission comes back as it was`(text: String) throws {
        let (submission, body, json) = try sealed(text)
        let revealed = try reveal(json, body.disclosures)
        #expect(revealed.content == submission.content)
        #expect(revealed.missing.isEmpty && revealed.matches(submission.content))
    }

    @Test func `citations are found by the place of their reference`() throws {
        let (_, body, json) = try sealed(Samples.full)
        let revealed = try reveal(json, body.disclosures)
        #expect(
            revealed.citations.keys.sorted() == [
                "alternatives[0].by[0]", "alternatives[0].by[1]", "conflicts[0].between[1]", "conflicts[0].winner",
                "principles[0].ref",
            ])
        #expect(revealed.citations["alternatives[0].by[1]"]?.authority == nil)
        #expect(Citation.all(in: json).map(\.ref) == ["a/b#x", "a/b@1#y", "a/b#x", "a/b#x", "a/b@1#x"])
    }

    @Test func `without one disclosure the rest is there, and any value of the missing field still matches`() throws {
        let (submission, body, json) = try sealed(Samples.full)
        for index in body.disclosures.indices {
            var disclosures = body.disclosures
            let gone = disclosures.remove(at: index)
            let revealed = try reveal(json, disclosures)
            #expect(revealed.missing.map(\.digest) == [gone.digest])
            #expect(revealed.content != submission.content)
            #expect(revealed.matches(submission.content))
        }
        let none = try reveal(json, [])
        #expect(none.missing.count == 12 && none.matches(submission.content))
    }

    @Test func `another clear value, or a sealed field too many, does not match`() throws {
        let (submission, body, json) = try sealed(Samples.full)
        for disclosures in [body.disclosures, Array(body.disclosures.dropFirst()), []] {
            let revealed = try reveal(json, disclosures)
            for (name, value) in [("outcome", JSON.string("comply")), ("session", "other"), ("effective", false)] {
                var other = submission.content
                other[name] = value
                #expect(!revealed.matches(other), "\(name)")
            }
            var more = submission.content
            more["none_cited"] = "something that was not there"
            #expect(!revealed.matches(more))
            var less = submission.content
            less["kind"] = nil
            #expect(!revealed.matches(less))
        }
        var changed = submission.content
        changed["summary"] = "another"
        #expect(try !reveal(json, body.disclosures).matches(changed))
    }

    @Test func `a disclosure of another entry opens nothing`() throws {
        let (_, _, json) = try sealed(Samples.full)
        let foreign = try sealed(Samples.least).body.disclosures
        #expect(try reveal(json, foreign).missing.count == 12)
    }
}
