import Cryptography
public import Decisions
public import JSON
public import Notes
public import Specifications

/// Keys, texts and decisions that the tests of ledgers are about.
public enum Sample {
    public static let origin = "acme.example/decisions"
    public static let subjectKey = [UInt8](repeating: 0x5a, count: 32)

    /// The key of the ledger.
    public static let key = key(origin, 1)
    /// A key of the same name that somebody else made.
    public static let attackersKey = key(origin, 2)

    public static func key(_ name: String, _ seed: UInt8) -> SigningKey {
        guard let name = KeyName(name), let key = Ed25519.PrivateKey(seed: .init(repeating: seed, count: 32)) else {
            preconditionFailure("any 32 bytes are a seed")
        }
        return SigningKey(name: name, key: key)
    }

    /// The first version of the rules.
    public static let rules = """
        Words before the first heading.

        # Protect privacy {#privacy authority=root}

        Never pass on what a person said about themselves. Ask the person first.

        # Be honest {#honesty authority=user}

        Say what is known, and how it is known.

        ## Keep secrets {#secrets authority=root}

        Some things are not to be said at all.

        # Style {#style authority=guideline}

        Be brief.

        """

    /// The second: privacy changed its words, honesty did not, style is gone, courage is new.
    public static let laterRules = """
        Words before the first heading.

        # Protect privacy {#privacy authority=root}

        Never pass on what a person said about themselves, not even to their family.

        # Be honest {#honesty authority=user}

        Say what is known, and how it is known.

        ## Keep secrets {#secrets authority=root}

        Some things are not to be said at all.

        # Courage {#courage authority=guideline}

        Say what must be said.

        """

    public static func specification(
        _ text: String = rules, version: String = "1", id: String = "acme/rules"
    ) throws(SpecificationError) -> Specification {
        try Specification(parsing: Array(text.utf8), format: .modelSpec, id: id, version: version)
    }

    /// What `text`, a line of the submission format, submits.
    public static func submission(_ text: String) throws -> Submission {
        try Submission(checking: JSON(parsing: Array(text.utf8)))
    }

    public static func submission(_ json: JSON) throws(SubmissionError) -> Submission { try Submission(checking: json) }

    /// The smallest decision there is.
    public static func least(_ id: String, _ reason: String = "not asked") throws(SubmissionError) -> Submission {
        try submission([
            "id": .string(id), "outcome": "comply", "none_cited": "none", "rationale_absent": .string(reason),
        ])
    }

    /// The id of decision `number`. Some begin with a letter to which Unicode knows an equal one outside ASCII.
    public static func id(_ number: Int) -> String { number % 7 == 0 ? "K-\(number)" : "d-\(number)" }

    /// Decision `number` of a producer: what it cites, whom it is about and what it links to follow from the number.
    public static func decision(_ number: Int) throws(SubmissionError) -> Submission {
        let section = ["privacy", "honesty", "secrets", "style"][number % 4]
        var json: JSONObject = [
            "id": .string(id(number)), "outcome": .string(Decision.Outcome.allCases[number % 10].rawValue),
            "summary": .string("Decision \(number) on a letter"),
            "principles": [["ref": .string("acme/rules@1#\(section)"), "role": "applied"]],
            "rationale": [
                "text": .string("The \(section) of it, reason \(number)."), "source": "model", "timing": "with",
            ],
            "producer": ["id": "agent", "version": "1.0", "epoch": "e", "seq": .integer(Int64(number + 1))],
        ]
        if number % 5 == 0 { json["subject"] = .string("person \(number % 15)") }
        if number % 11 == 10 { json["links"] = [["rel": "revises", "id": .string(id(number - 3))]] }
        return try submission(.object(json))
    }
}
