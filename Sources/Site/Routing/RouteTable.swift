/// All ways in. Finds the route for a path; literal segments win over places.
public struct RouteTable: Sendable {
  public private(set) var routes: [Route] = []
  private var root = Node()

  private struct Node: Sendable {
    var literals: [String: Node] = [:]
    var places: [Node] = []
    var routes: [Method: Route] = [:]
  }

  public init(_ routes: [Route] = []) {
    for route in routes { add(route) }
  }

  public mutating func add(_ route: Route) {
    routes.append(route)
    let segments = route.path.split(separator: "/").map(String.init)
    Self.insert(route, segments[...], into: &root)
  }

  /// The route and the values of its places; nil when there is none.
  public func find(_ method: Method, _ path: String) -> (route: Route, places: [String: String])? {
    let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
    var values: [String] = []
    let cleaned = segments == [""] ? [] : segments
    guard let node = Self.find(cleaned[...], from: root, &values), let route = node.routes[method] else { return nil }
    let names = route.path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    return (route, Dictionary(zip(names, values), uniquingKeysWith: { first, _ in first }))
  }

  private static func insert(_ route: Route, _ segments: ArraySlice<String>, into node: inout Node) {
    guard let first = segments.first else {
      precondition(node.routes[route.method] == nil, "two routes for \(route.method.rawValue) \(route.path)")
      node.routes[route.method] = route
      return
    }
    if first.hasPrefix("{") {
      if node.places.isEmpty { node.places.append(Node()) }
      insert(route, segments.dropFirst(), into: &node.places[0])
    } else {
      insert(route, segments.dropFirst(), into: &node.literals[first, default: Node()])
    }
  }

  private static func find(_ segments: ArraySlice<String>, from node: Node, _ values: inout [String]) -> Node? {
    guard let first = segments.first else { return node.routes.isEmpty ? nil : node }
    if let next = node.literals[first], let found = find(segments.dropFirst(), from: next, &values) { return found }
    guard let next = node.places.first, !first.isEmpty else { return nil }
    let before = values.count
    values.append(first)
    if let found = find(segments.dropFirst(), from: next, &values) { return found }
    values.removeSubrange(before...)
    return nil
  }
}
