using System.Runtime.CompilerServices;
using Azure;
using RemoteRendering.Sessions.Diagnostics;
using RemoteRendering.Sessions.Pipeline;

namespace RemoteRendering.Sessions.Rest;

/// <summary>Enumerates the list of sessions by pages.</summary>
/// <param name="operations">The operations of the service.</param>
/// <param name="cancellationToken">Cancels every request.</param>
/// <param name="filter">Selects the sessions of each page when the page arrives; <see langword="null"/> for all.</param>
internal sealed class SessionPageable(
    SessionOperations operations, CancellationToken cancellationToken, Func<RenderingSessionProperties, bool>? filter = null)
    : AsyncPageable<RenderingSessionProperties>(cancellationToken)
{
    /// <summary>More pages than any account has, with the page sizes of services.</summary>
    private const int MaxPages = 10_000;

    public override async IAsyncEnumerable<Page<RenderingSessionProperties>> AsPages(
        string? continuationToken = null, int? pageSizeHint = null)
    {
        // The service chooses the page size. A repeated link would loop forever, and so would an endless sequence of new links.
        HashSet<string>? seen = null;
        string? next = string.IsNullOrEmpty(continuationToken) ? null : continuationToken;
        do
        {
            string? link = next;
            Page<RenderingSessionProperties> page = await Traced
                .RunAsync(
                    "RemoteRenderingClient.GetCurrentRenderingSessions", null, (operations, link, CancellationToken), static state
                        => state.operations.ListAsync(state.link, state.CancellationToken))
                .ConfigureAwait(false);
            next = page.ContinuationToken;
            if (next is not null && !(seen ??= new HashSet<string>(StringComparer.Ordinal)).Add(next))
            {
                throw ServiceFailure.InvalidResponse(page.GetRawResponse(), "List",
                    "the link to the next page leads back to a page that was already read", innerException: null);
            }

            if (seen?.Count > MaxPages)
            {
                throw ServiceFailure.InvalidResponse(
                    page.GetRawResponse(), "List", $"there is a link to another page after {MaxPages} pages", innerException: null);
            }

            yield return filter is null
                ? page
                : Page<RenderingSessionProperties>.FromValues([.. page.Values.Where(filter)], next, page.GetRawResponse());
        }
        while (next is not null);
    }

    public override async IAsyncEnumerator<RenderingSessionProperties> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.CanBeCanceled && cancellationToken != CancellationToken)
        {
            // The token of the enumeration is combined with that of the call.
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, CancellationToken);
            await foreach (RenderingSessionProperties session in new SessionPageable(operations, both.Token, filter).ConfigureAwait(false))
            {
                yield return session;
            }

            yield break;
        }

        await foreach (Page<RenderingSessionProperties> page in AsPages().ConfigureAwait(false))
        {
            foreach (RenderingSessionProperties session in page.Values)
            {
                yield return session;
            }
        }
    }
}
