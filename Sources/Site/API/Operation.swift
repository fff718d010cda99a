public import Kernel

/// What a route of the API takes and gives: the description is made from it, and the route checks by it.
public struct Operation: Sendable {
  public let summary: String
  public let tag: String
  public let input: Input?
  public let answer: Schema?
  /// 200, or 201 with a place.
  public let status: Int
  /// The answer is a page of a longer list.
  public let isPaged: Bool
  /// Changes need the version that was read.
  public let needsVersion: Bool
  public let query: [Schema.Property]
  /// No token needed.
  public let isOpen: Bool
  /// The answer may also be 202: a second person must agree first.
  public private(set) var mayWait = false

  public init(
    _ summary: String, tag: String, input: Input? = nil, answer: Schema? = nil, status: Int = 200,
    isPaged: Bool = false, needsVersion: Bool = false, query: [Schema.Property] = [],
    isOpen: Bool = false
  ) {
    self.summary = summary
    self.tag = tag
    self.input = input
    self.answer = answer
    self.status = status
    self.isPaged = isPaged
    self.needsVersion = needsVersion
    self.query = query
    self.isOpen = isOpen
  }
}

extension Operation {
  /// Something a second person may have to agree to.
  public func waiting() -> Operation {
    var operation = self
    operation.mayWait = true
    return operation
  }

  /// Everything that may stand behind the question mark: of a list also where to go on, and how many.
  var parameters: [Schema.Property] {
    guard isPaged else { return query }
    return query + [
      Schema.Property("limit", .integer(1...100), isRequired: false),
      Schema.Property("after", .text, isRequired: false),
    ]
  }

  /// - Throws: `Problem.invalid` with every fault: what is unknown, missing or of a wrong kind is never passed over.
  func check(_ query: Fields) throws {
    let known = parameters
    var faults: [Problem.Fault] = []
    for (name, values) in query.values.sorted(by: { $0.key < $1.key }) {
      guard let property = known.first(where: { $0.name == name }) else {
        faults.append(Problem.Fault(field: name, "api.unknown"))
        continue
      }
      if values.contains(where: { !$0.isEmpty && !property.schema.accepts($0) }) {
        faults.append(Problem.Fault(field: name, "api.wrongKind", ["kind": property.schema.inWords]))
      }
    }
    for property in known where property.isRequired && query[property.name] == nil {
      faults.append(Problem.Fault(field: property.name, "form.needed"))
    }
    guard faults.isEmpty else { throw Problem(.invalid, faults) }
  }
}

extension Reply {
  /// An answer of the API; with a version it carries an ETag.
  public static func json(
    _ value: JSON, status: Int = 200, version: Int? = nil, location: String? = nil, next: String? = nil
  ) -> Reply {
    var reply = Reply(status: status, body: .data(Array(value.text.utf8), type: "application/json"))
    if let version { reply.headers.append(("etag", "\"\(version)\"")) }
    if let location { reply.headers.append(("location", location)) }
    if let next { reply.headers.append(("link", "<\(next)>; rel=\"next\"")) }
    return reply
  }
}

extension Reply {
  /// What was made, or changed: its id.
  public static func made<Subject>(_ id: ID<Subject>, status: Int = 200) -> Reply {
    var reply = json(.of(["id": .string(id.description)]), status: status)
    reply.made = id.description
    return reply
  }

  /// A page of a list with the key to go on. One item more than the limit is looked up, to know whether there is more.
  public static func page<Item>(
    _ found: [Item], _ visit: Visit, _ path: String, _ show: (Item) -> (json: JSON, key: String)
  ) -> Reply {
    let shown = found.prefix(visit.limit).map(show)
    let next = found.count > visit.limit ? shown.last?.key : nil
    return .json(
      .of(["items": .array(shown.map(\.json)), "next": next.map(JSON.string)]),
      next: next.map {
        let query = visit.query.with("after", $0).with("limit", String(visit.limit)).encoded
        return "/api/v1\(path)?\(query)"
      })
  }
}

extension Visit {
  /// How many items of a list are asked for: 1 to 100, 50 when nothing is said.
  public var limit: Int { min(100, max(1, query.number("limit") ?? 50)) }

  /// With the version of `If-Match` where a form would have it.
  public func withMatchedVersion() throws -> Visit {
    var visit = self
    visit.form = form.with("version", String(try matchedVersion()))
    return visit
  }

  /// The version a change is based on, from `If-Match`.
  /// - Throws: `Problem` when it is missing or no version.
  public func matchedVersion() throws -> Int {
    guard let given = headers["if-match"] else { throw Problem(.versionNeeded) }
    guard let version = Int(given.filter { $0 != "\"" }) else { throw Problem(.stale) }
    return version
  }
}
