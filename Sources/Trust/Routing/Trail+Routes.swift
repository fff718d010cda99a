public import Kernel
public import Site
public import Store

/// How slices write their routes. Each names its policy; for a resident's file that is a category and an action,
/// checked in the same snapshot that the page reads.
extension Trail {
  public typealias ResidentPage = @Sendable (Visit, Looker, Sight) throws -> Reply
  public typealias ResidentForm = @Sendable (Visit, Looker, Sight, [Problem.Fault]) throws -> Reply
  public typealias ResidentVerb = @Sendable (Visit, Transaction, Sight) throws -> Reply
  public typealias ListPage = @Sendable (Visit, Looker) throws -> Reply
  public typealias PlainForm = @Sendable (Visit, Looker, [Problem.Fault]) throws -> Reply
  public typealias PlainVerb = @Sendable (Visit, Transaction, Looker) throws -> Reply
  /// What a call that was sent again answers, from what is stored now.
  public typealias AgainPage = @Sendable (Visit, Reader, Sight) throws -> Reply

  /// A page of one resident's file.
  /// - Parameter itemwise: the page shows each item by whether it was shared with the viewer, so that it also opens
  ///   for somebody who sees only what the resident shares one by one.
  public func residentPage(
    _ path: String, name: String, _ category: Category, itemwise: Bool = false, show: @escaping ResidentPage
  ) -> Route {
    Route(.get, path, name: name, policy: .resident(category, .read)) { visit in
      try await lookAt(visit, name, category, .read, itemwise: itemwise, show)
    }
  }

  /// A page beside which stands what the trail knows: that is asked before, and shown only within the sight.
  public func residentPage<Known: Sendable>(
    _ path: String, name: String, _ category: Category, knowing: @escaping @Sendable (Visit) async throws -> Known,
    show: @escaping @Sendable (Visit, Looker, Sight, Known) throws -> Reply
  ) -> Route {
    Route(.get, path, name: name, policy: .resident(category, .read)) { visit in
      let known = try await knowing(visit)
      return try await lookAt(visit, name, category, .read) { try show($0, $1, $2, known) }
    }
  }

  /// A page on which forms stand that are sent elsewhere: a mistake stays on it.
  public struct Host: Sendable {
    let name: String
    let category: Category
    let itemwise: Bool
    let show: ResidentPage

    public init(
      _ name: String, _ category: Category, itemwise: Bool = false, show: @escaping ResidentPage
    ) {
      self.name = name
      self.category = category
      self.itemwise = itemwise
      self.show = show
    }
  }

  /// A change in one resident's file.
  /// - Parameter host: the page its form stands on, which is shown again with what is wrong; without one there is nothing
  ///   to type wrong.
  public func residentVerb(
    _ path: String, name: String, _ category: Category, _ action: Action, on host: Host? = nil,
    perform: @escaping ResidentVerb
  ) -> Route {
    let policy = RoutePolicy.resident(category, action)
    guard let host else {
      return Route(.post, path, name: name, policy: policy) {
        try await changeIn($0, name, category, action, perform)
      }
    }
    return faulty(path, name, policy) { visit in
      try await changeIn(visit, name, category, action, perform)
    } again: { visit in
      try await lookAt(visit, host.name, host.category, .read, itemwise: host.itemwise, host.show)
    }
  }

  /// A change whose faults are shown on the page its form stands on.
  private func faulty(
    _ path: String, _ name: String, _ policy: RoutePolicy,
    _ work: @escaping @Sendable (Visit) async throws -> Reply,
    again: @escaping @Sendable (Visit) async throws -> Reply
  ) -> Route {
    Route(.post, path, name: name, policy: policy) { visit in
      try await withFaults(visit) {
        try await work(visit)
      } again: {
        try await again($0)
      }
    }.shownAgain(again)
  }

  /// A form and its change: faults and conflicts show the form again, with everything that was typed.
  public func residentForm(
    _ path: String, name: String, _ category: Category, _ action: Action, itemwise: Bool = false,
    show: @escaping ResidentForm, perform: @escaping ResidentVerb
  ) -> [Route] {
    let policy = RoutePolicy.resident(category, action)
    return [
      Route(.get, path, name: name + ".form", policy: policy) { visit in
        try await lookAt(visit, name + ".form", category, action, itemwise: itemwise) { try show($0, $1, $2, []) }
      },
      faulty(path, name, policy) { visit in
        try await changeIn(visit, name, category, action, perform)
      } again: { visit in
        try await lookAt(visit, name + ".form", category, action, itemwise: itemwise) {
          try show($0, $1, $2, visit.faults)
        }
      },
    ]
  }

  /// A page about many residents, or about none.
  public func page(_ path: String, name: String, policy: RoutePolicy, show: @escaping ListPage) -> Route {
    Route(.get, path, name: name, policy: policy) { visit in
      try await look(visit, as: name, event: "list") { try show(visit, $0) }
    }
  }

  /// - Parameter host: the page its form stands on, which is shown again with what is wrong.
  public func verb(
    _ path: String, name: String, policy: RoutePolicy, on host: ListPage? = nil, perform: @escaping PlainVerb
  ) -> Route {
    guard let host else {
      return Route(.post, path, name: name, policy: policy) { try await change($0, as: name, perform) }
    }
    return faulty(path, name, policy) { visit in
      try await change(visit, as: name, perform)
    } again: { visit in
      try await look(visit, as: name + ".form", event: "list") { try host(visit, $0) }
    }
  }

  /// - Parameter changing: who may send it, when those are fewer than who may see it.
  public func form(
    _ path: String, name: String, policy: RoutePolicy, changing: RoutePolicy? = nil, show: @escaping PlainForm,
    perform: @escaping PlainVerb
  ) -> [Route] {
    [
      Route(.get, path, name: name + ".form", policy: policy) { visit in
        try await look(visit, as: name + ".form", event: "list") { try show(visit, $0, []) }
      },
      faulty(path, name, changing ?? policy) { visit in
        try await change(visit, as: name, perform)
      } again: { visit in
        try await look(visit, as: name + ".form", event: "list") { try show(visit, $0, visit.faults) }
      },
    ]
  }

  func lookAt(
    _ visit: Visit, _ name: String, _ category: Category, _ action: Action, itemwise: Bool = false,
    isShown: Bool = true, _ show: @escaping ResidentPage
  ) async throws -> Reply {
    let resident: ResidentID = try visit.id("resident")
    return try await noting(visit, name) {
      try await look(visit, as: name) { looker in
        guard let sight = try looker.sights(of: [resident])[resident] else {
          guard let reply = try leadOn(visit, from: resident, looker) else { throw Problem.notFound }
          return reply
        }
        let mayOpen = action == .read && isShown ? sight.shows(category) : sight.allows(action, category)
        guard mayOpen || itemwise && action == .read && sight.isItemwise(category) else { throw Problem.notFound }
        return try show(visit, looker, sight)
      }
    }
  }

  func changeIn(
    _ visit: Visit, _ name: String, _ category: Category, _ action: Action, again: AgainPage? = nil,
    _ perform: @escaping ResidentVerb
  ) async throws -> Reply {
    let resident: ResidentID = try visit.id("resident")
    return try await noting(visit, name) {
      try await changing(visit, as: name) { transaction, looker, once in
        // A form sent twice leads to the same place, also when sending it ended one's own sight.
        if once.isForm, let earlier = try once.earlier(transaction) { return earlier }
        let sight = try looker.sight(of: resident)
        guard let role = sight.role(for: action, category) else { throw Problem.notFound }
        if let earlier = try once.earlier(transaction) { return try again?(visit, transaction, sight) ?? earlier }
        if let problem = visit.inputProblem { throw problem }
        transaction.role = role.rawValue
        let reply = try perform(visit, transaction, sight)
        try once.remember(reply, transaction)
        return reply
      }
    }
  }

  /// A change that is not in one resident's file, exactly once for each form or call sent.
  public func change(_ visit: Visit, as name: String, _ perform: @escaping PlainVerb) async throws -> Reply {
    try await changing(visit, as: name) { transaction, looker, once in
      if let earlier = try once.earlier(transaction) { return earlier }
      if let problem = visit.inputProblem { throw problem }
      let reply = try perform(visit, transaction, looker)
      try once.remember(reply, transaction)
      return reply
    }
  }

  /// Writes down when somebody asks for what is not theirs.
  func noting(_ visit: Visit, _ name: String, _ work: () async throws -> Reply) async throws -> Reply {
    do {
      return try await work()
    } catch let problem as Problem where problem.kind == .notFound {
      try await refused(visit, name)
      throw problem
    }
  }

  func withFaults(
    _ visit: Visit, _ work: () async throws -> Reply, again: (Visit) async throws -> Reply
  ) async throws -> Reply {
    do {
      return try await work()
    } catch let problem as Problem where [.invalid, .refused, .forbiddenField].contains(problem.kind) {
      var faulty = visit
      faulty.faults = problem.faults
      let reply = try await again(faulty)
      return Self.refused(reply, problem.kind == .invalid ? 422 : 409)
    } catch is StaleWrite {
      var stale = visit
      stale.isStale = true
      return Self.refused(try await again(stale), 409)
    }
  }

  /// A page shown again tells what it is by its status; one that leads elsewhere still leads there.
  private static func refused(_ reply: Reply, _ status: Int) -> Reply {
    var reply = reply
    if reply.status == 200 { reply.status = status }
    return reply
  }
}
