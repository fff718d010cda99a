public import Kernel
public import Site
internal import Store

/// How slices write their API calls: on the same road as the pages, so that one decision serves both.
extension Trail {
  /// Reads from one resident's file.
  /// - Parameter isShown: the answer shows something of the category; false where it only tells what may be seen.
  public func apiRead(
    _ path: String, name: String, _ category: Category, itemwise: Bool = false, isShown: Bool = true,
    _ operation: Operation, placeSchemas: [String: Schema] = [:], show: @escaping ResidentPage
  ) -> Route {
    Route(
      .get, "/api/v1" + path, name: "api." + name, policy: .resident(category, .read), operation: operation,
      placeSchemas: placeSchemas
    ) { visit in
      try await lookAt(visit, "api." + name, category, .read, itemwise: itemwise, isShown: isShown, show)
    }
  }

  /// Changes something in one resident's file. What is sent is checked against the operation's input first.
  /// - Parameter again: the answer, from what is stored, to a call that was sent before with the same key; needed where
  ///   the answer is more than an id.
  public func apiChange(
    _ method: Method, _ path: String, name: String, _ category: Category, _ action: Action, _ operation: Operation,
    placeSchemas: [String: Schema] = [:], again: AgainPage? = nil, perform: @escaping ResidentVerb
  ) -> Route {
    Route(
      method, "/api/v1" + path, name: "api." + name, policy: .resident(category, action), operation: operation,
      placeSchemas: placeSchemas
    ) { visit in
      try await changeIn(Self.read(visit, operation), "api." + name, category, action, again: again, perform)
    }
  }

  /// Reads about many residents, or about none.
  public func apiList(
    _ path: String, name: String, policy: RoutePolicy, _ operation: Operation, show: @escaping ListPage
  ) -> Route {
    Route(.get, "/api/v1" + path, name: "api." + name, policy: policy, operation: operation) { visit in
      try await look(visit, as: "api." + name, event: "list") { try show(visit, $0) }
    }
  }

  /// Changes something that is not in one resident's file, or makes a new file.
  public func apiMake(
    _ path: String, name: String, policy: RoutePolicy, _ operation: Operation, perform: @escaping PlainVerb
  ) -> Route {
    Route(.post, "/api/v1" + path, name: "api." + name, policy: policy, operation: operation) { visit in
      let read = try Self.read(visit, operation)
      return try await change(read, as: "api." + name, perform)
    }
  }

  /// Changes something that is not in one resident's file, against the version that was read.
  public func apiPut(
    _ path: String, name: String, policy: RoutePolicy, _ operation: Operation, perform: @escaping PlainVerb
  ) -> Route {
    Route(.put, "/api/v1" + path, name: "api." + name, policy: policy, operation: operation) { visit in
      let read = try Self.read(visit, operation)
      return try await change(read, as: "api." + name, perform)
    }
  }

  private static func read(_ visit: Visit, _ operation: Operation) throws -> Visit {
    var read = visit
    // Whoever may not look learns nothing about what would have been wrong: faults come after the sight.
    do { read.form = try operation.input?.read(visit) ?? Fields() } catch let problem as Problem {
      read.inputProblem = problem
    }
    return read
  }
}
