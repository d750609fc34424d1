namespace RemoteRendering.Sessions.Protocol.Service;

/// <summary>The values of <c>api-version</c>.</summary>
internal static class ApiVersions
{
    public const string Parameter = "api-version";

    public const string V2021Preview = "2021-01-01-preview";

    public const string V2021 = "2021-01-01";

    public const string TokenService = "2019-02-28-preview";
}
