// The whole core under one name: an app writes `import Companion` and nothing else.

@_exported import CompanionBindings
