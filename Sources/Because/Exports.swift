// An application imports one module and finds every type that the library speaks of.
@_exported public import Cryptography
@_exported public import Decisions
@_exported public import Evidence
@_exported public import Inquiry
@_exported public import JSON
@_exported public import Ledgers
@_exported public import Letters
@_exported public import Merkle
@_exported public import Notes
@_exported public import Producers
@_exported public import Specifications
@_exported public import Storage
@_exported public import Web
