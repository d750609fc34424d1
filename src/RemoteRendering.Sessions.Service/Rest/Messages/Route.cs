namespace RemoteRendering.Sessions.Service.Rest.Messages;

/// <summary>One row of the route table.</summary>
/// <param name="Generation">The service that has it.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Segments">The path, a piece each; pieces in braces are filled by the request.</param>
/// <param name="Operation">What it does.</param>
internal sealed record Route(ServiceGeneration Generation, string Method, string[] Segments, ServiceOperation Operation);
