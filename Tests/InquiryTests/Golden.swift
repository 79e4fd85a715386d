/// An answer as it is shown on terminals of two widths.
enum Golden {
    static let wide = #"""
        REFUSE Refused to pass on an address to a caller                  [recorded]

        Decided     by model m-2026-09 of example, asked for as m         [recorded]
                    for the application agent 4.2.1                       [recorded]
                    on 2026-11-20T09:14:07Z, as the application says      [recorded]
                    recorded on 2026-11-20T09:14:07.004000Z, by the       [recorded]
                    ledger's clock
                    role of the model: sole (nobody else took part)       [recorded]
                    it took effect                                        [recorded]

        Because     “Protect privacy”, authority root: applied            [recorded]
                    acme/rules@1#privacy                                  [recorded]
                    | Never pass on what a person said about themselves.  [recorded]
                    | Ask the person first.
                    text sha256 4f0908c53a28fd24… registered at entry 1;  [computed]
                    the words changed in 2, which is in force now;
                    --diff shows how
                    | # Protect privacy {#privacy authority=root}         [computed]
                    |                                                     [computed]
                    | -Never pass on what a person said about             [computed]
                    | themselves. Ask the person first.
                    | +Never pass on what a person said about             [computed]
                    | themselves, not even to their family.
                    |                                                     [computed]

        Reason      | It is her address, and she was not asked.           [recorded]
                    | I said so.
                    stated by the model together with the output; a       [recorded]
                    statement, not checked by anybody here

        Instead of  | ask her first                                       [recorded]
                    rejected: “she cannot be reached at this hour”        [recorded]
                    whether these are all is not recorded                 [not recorded]

        Conflict    message:user against acme/rules#privacy, settled by   [recorded]
                    higher authority; acme/rules#privacy was followed
                    nothing in this is at odds with the registered        [computed]
                    authorities

        It read     request (user), not trusted                           [recorded]
                    | Where does she live?                                [recorded]

        It gave     | I cannot say where she lives. ⟨U+001B⟩[1mAsk        [recorded]
                    | her⟨U+001B⟩[0m.

        After       2026-11-20T09:14:07.006000Z d-2 revises this          [added later]
                    decision; comply: “The number was given out”

        Not said    how sure it was                                       [not recorded]
                    how to contest it                                     [not recorded]

        Proof       entry 2 was hashed again and found, by 3 hashes, in   [computed]
                    the tree of 5 entries that acme.example/decisions
                    signed (key f620689d)
                    leaf 2XbH33dTHBMtZBb60-a4-xSKN7OqzqOfcIrHrUo9G5Y ·    [computed]
                    root Pr650iwsTcP3fdD9OwxVX_XshA-zrJ5cmNN1wHkzteY
                    no witness outside this ledger has confirmed the      [computed]
                    tree
                    by the index, agent: gap: of 1 to 3, 2 is missing     [computed]
                    this shows that the entry is in the signed log and    [computed]
                    has not changed since it was recorded
                    it does not show that the record is true, that the    [computed]
                    stated reason is what caused the output, or that
                    everything was recorded

        """#

    static let narrow = #"""
        REFUSE Refused to pass on an      [recorded]
        address to a caller

        Decided     by model m-2026-09    [recorded]
                    of example, asked
                    for as m
                    for the application   [recorded]
                    agent 4.2.1
                    on                    [recorded]
                    2026-11-20T09:14:07Z
                    , as the application
                    says
                    recorded on           [recorded]
                    2026-11-20T09:14:07.
                    004000Z, by the
                    ledger's clock
                    role of the model:    [recorded]
                    sole (nobody else
                    took part)
                    it took effect        [recorded]

        Because     “Protect privacy”,    [recorded]
                    authority root:
                    applied
                    acme/rules@1#privacy  [recorded]
                    | Never pass on what  [recorded]
                    | a person said
                    | about themselves.
                    | Ask the person
                    | first.
                    text sha256           [computed]
                    4f0908c53a28fd24…
                    registered at entry
                    1; the words changed
                    in 2, which is in
                    force now; --diff
                    shows how
                    | # Protect privacy   [computed]
                    | {#privacy
                    | authority=root}
                    |                     [computed]
                    | -Never pass on      [computed]
                    | what a person said
                    | about themselves.
                    | Ask the person
                    | first.
                    | +Never pass on      [computed]
                    | what a person said
                    | about themselves,
                    | not even to their
                    | family.
                    |                     [computed]

        Reason      | It is her address,  [recorded]
                    | and she was not
                    | asked.
                    | I said so.
                    stated by the model   [recorded]
                    together with the
                    output; a statement,
                    not checked by
                    anybody here

        Instead of  | ask her first       [recorded]
                    rejected: “she        [recorded]
                    cannot be reached at
                    this hour”
                    whether these are     [not recorded]
                    all is not recorded

        Conflict    message:user against  [recorded]
                    acme/rules#privacy,
                    settled by higher
                    authority;
                    acme/rules#privacy
                    was followed
                    nothing in this is    [computed]
                    at odds with the
                    registered
                    authorities

        It read     request (user), not   [recorded]
                    trusted
                    | Where does she      [recorded]
                    | live?

        It gave     | I cannot say where  [recorded]
                    | she lives.
                    | ⟨U+001B⟩[1mAsk
                    | her⟨U+001B⟩[0m.

        After       2026-11-20T09:14:07.  [added later]
                    006000Z d-2 revises
                    this decision;
                    comply: “The number
                    was given out”

        Not said    how sure it was       [not recorded]
                    how to contest it     [not recorded]

        Proof       entry 2 was hashed    [computed]
                    again and found, by
                    3 hashes, in the
                    tree of 5 entries
                    that
                    acme.example/decisio
                    ns signed (key
                    f620689d)
                    leaf                  [computed]
                    2XbH33dTHBMtZBb60-a4
                    -xSKN7OqzqOfcIrHrUo9
                    G5Y · root
                    Pr650iwsTcP3fdD9OwxV
                    X_XshA-zrJ5cmNN1wHkz
                    teY
                    no witness outside    [computed]
                    this ledger has
                    confirmed the tree
                    by the index, agent:  [computed]
                    gap: of 1 to 3, 2 is
                    missing
                    this shows that the   [computed]
                    entry is in the
                    signed log and has
                    not changed since it
                    was recorded
                    it does not show      [computed]
                    that the record is
                    true, that the
                    stated reason is
                    what caused the
                    output, or that
                    everything was
                    recorded

        """#
}
