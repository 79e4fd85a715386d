import Because

/// What is to be found in each ledger that lies, as `code` or `code@entry`; a notice ends in `?`.
func expected(_ name: String) -> [String] {
    guard let findings = table[name] else {
        preconditionFailure("it is said of every vector what is found in it: \(name)")
    }
    return findings
}

/// The aspect that a finding breaks; those of `integrity` are the rest.
func brokenAspect(ofCode code: String) -> Aspect {
    aspects[code] ?? .integrity
}

private let aspects: [String: Aspect] = [
    "key_differs": .signatures, "signature_wrong": .signatures, "unvouched": .signatures,
    "signature_extra": .signatures, "key_change_broken": .signatures,
    "specification_unreadable": .citations, "citation_broken": .citations, "text_broken": .citations,
    "text_changed": .citations, "text_extra": .citations,
    "sealed_value_changed": .sealedFields, "sealed_value_extra": .sealedFields, "sealed_value_missing": .sealedFields,
    "erased_value_present": .sealedFields, "subjects_differ": .sealedFields,
]

private let table: [String: [String]] = [
    "table-added": ["structure_changed"],
    "row-breaks-the-rule-of-its-table": ["file_damaged"],
    "first-entry-of-another-type": ["first_entry_unreadable@0", "link_broken@1", "root_differs@8"],
    "entry-deleted": ["entry_missing@3", "identity_wrong@3", "root_differs@8", "sequence_gap?", "subjects_differ"],
    "last-entry-deleted": ["identity_wrong@8", "sealed_value_extra@8", "subjects_differ", "truncated@8"],
    "entry-far-beyond-the-rest": [
        "entry_misplaced@1000000", "entry_missing@10", "entry_missing@11", "entry_missing@12", "entry_missing@13",
        "entry_missing@14", "entry_missing@15", "entry_missing@16", "entry_missing@17", "entry_missing@18",
        "entry_missing@19", "entry_missing@20", "entry_missing@21", "entry_missing@22", "entry_missing@23",
        "entry_missing@24", "entry_missing@25", "entry_missing@26", "entry_missing@27", "entry_missing@28",
        "entry_missing@9", "unsigned@9",
    ],
    "version-of-an-entry-changed": [
        "entry_unreadable@3", "identity_wrong@3", "link_broken@4", "root_differs@8", "sequence_gap?", "subjects_differ",
    ],
    "body-cut-off": ["entry_unreadable@3", "link_broken@4", "root_differs@8", "sequence_gap?", "subjects_differ"],
    "entries-swapped": [
        "entry_misplaced@3", "entry_misplaced@4", "identity_wrong@3", "identity_wrong@4", "link_broken@5",
        "root_differs@8", "sequence_gap?", "subjects_differ",
    ],
    "entry-copied-over-another": [
        "entry_misplaced@3", "identity_wrong@3", "link_broken@4", "root_differs@8", "sequence_gap?", "subjects_differ",
    ],
    "payload-changed": ["link_broken@4", "root_differs@8"],
    "last-payload-changed": ["rechained@0", "root_differs@8"],
    "time-set-back": ["clock_backwards@3", "link_broken@4", "root_differs@8"],
    "authority-of-a-citation-changed": ["citation_broken@3", "link_broken@4", "root_differs@8"],
    "specification-torn": [
        "citation_broken@2", "citation_broken@3", "citation_broken@4", "citation_broken@5", "link_broken@2",
        "root_differs@8", "specification_unreadable@1", "text_extra",
    ],
    "checkpoints-deleted": ["checkpoint_missing"],
    "root-of-a-checkpoint-changed": ["root_differs@8", "signature_wrong@8", "unvouched@0"],
    "signature-changed": ["signature_wrong@8", "unvouched@0"],
    "checkpoint-of-more-than-there-is": ["truncated@9"],
    "id-leads-to-another-entry": ["identity_missing@3", "identity_wrong@2"],
    "id-of-no-entry": ["identity_wrong@3"],
    "id-forgotten": ["identity_missing@1"],
    "word-of-a-text-changed": ["text_broken@1", "text_broken@6", "text_changed"],
    "text-deleted": ["text_broken@1", "text_broken@6"],
    "text-of-no-specification": ["text_extra"],
    "sealed-value-changed": ["sealed_value_changed@3"],
    "sealed-values-swapped": ["sealed_value_changed@3"],
    "sealed-value-deleted": ["sealed_value_missing@3"],
    "sealed-value-of-no-field": ["sealed_value_extra@3"],
    "sealed-value-of-no-entry": ["sealed_value_extra@50"],
    "subject-forgotten": ["subjects_differ"],
    "subject-of-another-entry": ["subjects_differ"],
    "secret-changed": ["subjects_differ"],
    "tile-deleted": ["tile_missing@0"],
    "hash-in-a-tile-changed": ["tile_changed@0"],
    "root-of-a-tile-changed": ["tile_changed@0"],
    "tile-of-entries-that-are-not-there": ["tile_changed"],
    "tile-of-a-level-that-is-not-there": ["tile_changed"],
    "payload-under-a-tile-changed": ["entry_changed@7", "link_broken@8", "root_differs@255", "root_differs@257"],
    "entry-under-a-tile-deleted": ["entry_missing@7", "identity_wrong@7"],
    "new-key-did-not-sign": ["key_change_broken@3", "signature_wrong@5", "signature_wrong@6", "unvouched@4"],
    "signature-of-the-new-key-changed": [
        "key_change_broken@3", "signature_wrong@5", "signature_wrong@6", "unvouched@4",
    ],
    "change-of-keys-deleted": [
        "entry_missing@3", "identity_wrong@3", "key_change_broken@5", "root_differs@3", "root_differs@5",
        "root_differs@6", "signature_wrong@5", "signature_wrong@6",
    ],
    "change-of-keys-not-in-its-tree": [
        "key_change_broken@3", "link_broken@4", "root_differs@3", "root_differs@5", "root_differs@6",
        "signature_wrong@5", "signature_wrong@6",
    ],
    "checkpoint-of-a-change-of-keys-deleted": [
        "key_change_broken@3", "signature_extra", "signature_wrong@5", "signature_wrong@6", "unvouched@0",
    ],
    "id-of-a-change-of-keys-forgotten": ["identity_missing@3", "key_revoked@5?"],
    "erased-person-still-linked": ["subjects_differ"],
    "subject-of-a-hold-forgotten": ["subjects_differ"],
    "basis-of-an-erasure-changed": ["sealed_value_changed@8"],
    "erasure-of-another-entry": ["link_broken@9", "root_differs@16"],
    "scrubbing-not-done": ["scrubbing_due@15?"],
    "older-than-its-head": ["rolled_back@9"],
    "head-knows-another-history": ["forked@8"],
    "head-by-an-unknown-key": ["head_foreign"],
    "head-torn": ["head_foreign"],
    "values-erased-on-record": [],
    "erased-value-still-there": ["erased_value_present@1"],
    "number-of-a-producer-left-out": ["sequence_gap?"],
    "number-of-a-producer-used-twice": ["sequence_repeated?"],
    "time-before-the-entry-before": ["clock_backwards@2"],
    "entries-after-the-last-checkpoint": ["unsigned@1"],
    "signed-by-another-key": ["signature_wrong@2", "unvouched@0"],
    "id-used-twice": ["identity_missing@2"],
    "two-fields-of-one-disclosure": ["sealed_value_missing@1"],
]
