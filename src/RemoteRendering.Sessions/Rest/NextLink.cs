using Azure;
using RemoteRendering.Sessions.Pipeline;

namespace RemoteRendering.Sessions.Rest;

/// <summary>
/// Validates links to next pages, which are followed only at the address of the service, because the access token is sent with them.
/// </summary>
internal static class NextLink
{
    private const int MaxEscapes = 4;

    public static Uri Resolve(string nextLink, Uri endpoint, Guid accountId)
    {
        if (Uri.TryCreate(endpoint, nextLink, out Uri? address) && Origin.Same(address, endpoint))
        {
            return NamesOtherAccount(address, accountId) ? throw OtherAccount(accountId) : address;
        }

        string where = address is null ? "an address that cannot be read" : $"{address.Scheme}://{address.Host}:{address.Port}";
        throw new RequestFailedException(
            200,
            $"List: the link to the next page leads to {where}, away from the service at "
                + $"{endpoint.Scheme}://{endpoint.Host}:{endpoint.Port}. It is not followed, because the access token would be sent with "
                + $"it.",
            RemoteRenderingErrorCode.InvalidResponse,
            innerException: null);
    }

    /// <summary>Determines whether the path contains another account than that of the client, with any escaping.</summary>
    private static bool NamesOtherAccount(Uri address, Guid accountId)
    {
        string path = address.AbsolutePath;
        for (int i = 0; i < MaxEscapes; i++)
        {
            path = Uri.UnescapeDataString(path);
        }

        string[] segments = path.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < segments.Length; i++)
        {
            if (segments[i].Equals("accounts", StringComparison.OrdinalIgnoreCase)
                && !(i + 1 < segments.Length && Guid.TryParse(segments[i + 1], out Guid named) && named == accountId))
            {
                return true;
            }
        }

        return false;
    }

    private static RequestFailedException OtherAccount(Guid accountId) => new(
        200,
        $"List: the link to the next page is of another account than {accountId:D}. It is not followed, because it would be read with this "
            + "account's access token.",
        RemoteRenderingErrorCode.InvalidResponse,
        innerException: null);
}
