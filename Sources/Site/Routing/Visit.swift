public import Kernel
public import Store

/// One request, read and checked, as routes see it.
public struct Visit: Sendable {
  public let method: Method
  public let path: String
  /// Values of the `{…}` places in the route's path.
  public let places: [String: String]
  public let query: Fields
  public var form: Fields
  public let viewer: Viewer?
  public let texts: Texts
  public let now: Instant
  /// Names this request in log, journal and audit.
  public let requestID: String
  /// Must come back with every form.
  public let formToken: String
  /// A fresh key per rendered form: sending the same form twice changes nothing.
  public let onceKey: String
  public let chrome: Chrome
  /// What was sent, as it came; for uploads and the API.
  public let body: [UInt8]
  /// Files that came with a form, by field.
  public let uploads: [String: Upload]
  /// Header fields by lower-case name.
  public let headers: [String: String]
  /// Where the request came from, as far as that can be trusted; nil when it is not known.
  public let address: String?
  /// The hash under which the visitor's session is kept, when there is one.
  public let sessionKey: String
  /// Where people find this house, as https://geland.example.nl.
  public let home: String
  /// Values of the visitor's cookies by name.
  public let cookies: [String: String]

  /// What was typed was based on a version that is no longer the stored one: forms show both.
  public var isStale = false

  /// The form that was sent is from before one signed in anew: nothing was done with it yet.
  public var isFromBefore = false

  /// What was wrong with the form that was sent; the form shows it.
  public var faults: [Problem.Fault] = []

  /// Whether this request has its line in the trail.
  public let line: RequestLine

  /// What was wrong with the body of an API call; told only to who may make the call.
  public var inputProblem: Problem?

  /// A hash of everything that was filled in, files included.
  public var digest: String {
    if uploads.isEmpty { return form.digest }
    let files = uploads.keys.sorted().map { "\($0)=\(Token.hash(uploads[$0]?.bytes ?? []))" }
    return Token.hash(([form.digest] + files).joined(separator: "\u{2}"))
  }

  public var today: LocalDate { RegionTime.amsterdam.date(of: now) }

  /// The signed-in person.
  /// - Throws: `Problem` when nobody is.
  public func signedIn() throws -> Viewer {
    guard let viewer else { throw Problem(.signInNeeded) }
    return viewer
  }

  /// The id at a place in the path.
  /// - Throws: `Problem.notFound` when it is not an id.
  public func id<Subject>(_ place: String, of: Subject.Type = Subject.self) throws -> ID<Subject> {
    guard let text = places[place], let id = ID<Subject>(text) else { throw Problem.notFound }
    return id
  }

  /// A change must be based on the version that is stored now.
  /// - Throws: `StaleWrite`, which shows both versions.
  public func mustHaveSeen(_ stored: Int, in table: String, _ row: String) throws {
    guard let seen = form.number("version") else { throw Problem(.invalid, [Problem.Fault("form.versionNeeded")]) }
    guard seen == stored else { throw StaleWrite(table: table, row: row, seen: seen, stored: stored) }
  }

  /// How the journal names this request.
  public func act(_ verb: String, onBehalfOf: ID<Anything>? = nil) -> Act {
    Act(
      verb, account: viewer?.account, organisation: viewer?.organisation, role: viewer?.role.rawValue,
      onBehalfOf: onBehalfOf, request: requestID)
  }

  public init(
    method: Method, path: String, places: [String: String], query: Fields, form: Fields, viewer: Viewer?, texts: Texts,
    now: Instant, requestID: String, formToken: String, onceKey: String, chrome: Chrome,
    body: [UInt8] = [], uploads: [String: Upload] = [:], headers: [String: String] = [:], address: String? = nil,
    sessionKey: String = "", cookies: [String: String] = [:], home: String = "", line: RequestLine = RequestLine()
  ) {
    self.home = home
    self.address = address
    self.sessionKey = sessionKey
    self.cookies = cookies
    self.line = line
    self.method = method
    self.path = path
    self.places = places
    self.query = query
    self.form = form
    self.viewer = viewer
    self.texts = texts
    self.now = now
    self.requestID = requestID
    self.formToken = formToken
    self.onceKey = onceKey
    self.chrome = chrome
    self.body = body
    self.uploads = uploads
    self.headers = headers
  }
}

/// Whether a request has its line in the trail; shared by everything that handles it.
public final class RequestLine: Sendable {
  private let written = Guarded(false)

  public init() {}

  public var isWritten: Bool { written.value }

  public func write() { written.with { $0 = true } }
}

public enum Method: String, Sendable, CaseIterable {
  case get = "GET", post = "POST", put = "PUT", patch = "PATCH", delete = "DELETE"
}

/// What surrounds every page: where one may go, and whether this is the demo.
public struct Chrome: Sendable {
  public struct Link: Sendable {
    public let text: String
    public let href: String

    public init(text: String, href: String) {
      self.text = text
      self.href = href
    }
  }

  public let links: [Link]
  public let isDemo: Bool
  public let assets: Assets
  let adviser: (any Adviser)?
  /// Where the words are that could be kinder.
  let wordList: String?

  public init(
    links: [Link], isDemo: Bool, assets: Assets, adviser: (any Adviser)? = nil, wordList: String? = nil
  ) {
    self.links = links
    self.isDemo = isDemo
    self.assets = assets
    self.adviser = adviser
    self.wordList = wordList
  }
}

/// Knows what was learned about a step of work; the knowledge base answers.
public protocol Adviser: Sendable {
  func advise(_ moment: Moment, _ visit: Visit, _ html: inout HTML)
}

extension Visit {
  /// At most two lessons that help at this step, if there are any. A screen only names its moment.
  public func advice(at moment: Moment, _ html: inout HTML) { chrome.adviser?.advise(moment, self, &html) }
}
