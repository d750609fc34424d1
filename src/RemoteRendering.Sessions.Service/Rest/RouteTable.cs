using RemoteRendering.Sessions.Service.Rest.Messages;

namespace RemoteRendering.Sessions.Service.Rest;

/// <summary>Every address of the token service and of both generations of the session service.</summary>
internal static class RouteTable
{
    private const string Account = "{account}";
    private const string Session = "{session}";

    private static readonly Route[] _routes =
    [
        new(ServiceGeneration.TokenService, "GET", ["accounts", Account, "token"], ServiceOperation.Token),
        new(ServiceGeneration.V2021, "PUT", ["accounts", Account, "sessions", Session], ServiceOperation.Create),
        new(ServiceGeneration.V2021, "GET", ["accounts", Account, "sessions", Session], ServiceOperation.Read),
        new(ServiceGeneration.V2021, "PATCH", ["accounts", Account, "sessions", Session], ServiceOperation.Update),
        new(ServiceGeneration.V2021, "POST", ["accounts", Account, "sessions", Session, ":stop"], ServiceOperation.Stop),
        new(ServiceGeneration.V2021, "GET", ["accounts", Account, "sessions"], ServiceOperation.List),
        new(ServiceGeneration.V1, "POST", ["v1", "accounts", Account, "sessions", "create"], ServiceOperation.Create),
        new(ServiceGeneration.V1, "GET", ["v1", "accounts", Account, "sessions", Session, "properties"], ServiceOperation.Read),
        new(ServiceGeneration.V1, "PATCH", ["v1", "accounts", Account, "sessions", Session], ServiceOperation.Update),
        new(ServiceGeneration.V1, "DELETE", ["v1", "accounts", Account, "sessions", Session], ServiceOperation.Stop),
        new(ServiceGeneration.V1, "GET", ["v1", "accounts", Account, "sessions"], ServiceOperation.List),
    ];

    public static IReadOnlyList<Route> Routes => _routes;

    public static RouteMatch Match(string method, string target)
    {
        int question = target.IndexOf('?', StringComparison.Ordinal);
        string path = question < 0 ? target : target[..question];
        string? query = question < 0 ? null : target[(question + 1)..];
        if (!path.StartsWith('/'))
        {
            return new RouteMatch(null, Guid.Empty, null, query, null);
        }

        // The official script of v1 ends its addresses with a slash.
        string[] segments = (path.Length > 1 && path.EndsWith('/') ? path[1..^1] : path[1..]).Split('/');
        for (int i = 0; i < segments.Length; i++)
        {
            segments[i] = Uri.UnescapeDataString(segments[i]);
        }

        string? allow = null;
        foreach (Route route in _routes)
        {
            if (!Fits(route, segments, out Guid accountId, out string? sessionId))
            {
                continue;
            }

            if (string.Equals(route.Method, method, StringComparison.Ordinal))
            {
                return new RouteMatch(route, accountId, sessionId, query, null);
            }

            allow = allow is null ? route.Method : allow + ", " + route.Method;
        }

        return new RouteMatch(null, Guid.Empty, null, query, allow);
    }

    private static bool Fits(Route route, string[] segments, out Guid accountId, out string? sessionId)
    {
        accountId = Guid.Empty;
        sessionId = null;
        if (route.Segments.Length != segments.Length)
        {
            return false;
        }

        // The SDKs write /Accounts/ to the token service, the scripts /accounts/. Only session ids are case-sensitive.
        for (int i = 0; i < segments.Length; i++)
        {
            string expected = route.Segments[i];
            bool fits = expected switch
            {
                Account => Guid.TryParseExact(segments[i], "D", out accountId),
                Session => segments[i].Length > 0,
                _ => string.Equals(expected, segments[i], StringComparison.OrdinalIgnoreCase),
            };
            if (!fits)
            {
                return false;
            }

            if (expected == Session)
            {
                sessionId = segments[i];
            }
        }

        return true;
    }
}
