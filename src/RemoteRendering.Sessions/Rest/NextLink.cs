using Azure;

namespace RemoteRendering.Sessions;

/// <summary>A link to the next page is followed only to where the first came from: the access token goes with it.</summary>
internal static class NextLink
{
    public static Uri Resolve(string nextLink, Uri endpoint)
    {
        if (Uri.TryCreate(endpoint, nextLink, out Uri? address) && Origin.Same(address, endpoint))
        {
            return address;
        }

        string where = address is null ? "an address that cannot be read" : $"{address.Scheme}://{address.Host}:{address.Port}";
        throw new RequestFailedException(
            200,
            $"List: the link to the next page leads to {where}, away from the service at {endpoint.Scheme}://{endpoint.Host}:{endpoint.Port}. It is not followed, because the access token would go with it.",
            RemoteRenderingErrorCode.InvalidResponse,
            innerException: null);
    }
}
