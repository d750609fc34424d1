using System.Runtime.CompilerServices;
using Azure;
using RemoteRendering.Sessions.Diagnostics;
using RemoteRendering.Sessions.Pipeline;

namespace RemoteRendering.Sessions.Rest;

/// <summary>The list of sessions, page by page.</summary>
internal sealed class SessionPageable(SessionOperations operations, CancellationToken cancellationToken) : AsyncPageable<RenderingSessionProperties>(cancellationToken)
{
    /// <summary>More than any account has, at the page sizes that services use.</summary>
    private const int MaxPages = 10_000;

    public override async IAsyncEnumerable<Page<RenderingSessionProperties>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
    {
        // The service decides the page size. A link that comes a second time would go round for ever, and so would one that is always another.
        HashSet<string>? seen = null;
        string? next = string.IsNullOrEmpty(continuationToken) ? null : continuationToken;
        do
        {
            string? link = next;
            Page<RenderingSessionProperties> page = await Traced
                .RunAsync("RemoteRenderingClient.GetCurrentRenderingSessions", null, (operations, link, CancellationToken), static state => state.operations.ListAsync(state.link, state.CancellationToken))
                .ConfigureAwait(false);
            next = page.ContinuationToken;
            if (next is not null && !(seen ??= new HashSet<string>(StringComparer.Ordinal)).Add(next))
            {
                throw ServiceFailure.InvalidResponse(page.GetRawResponse(), "List", "the link to the next page leads back to a page that was read already", innerException: null);
            }

            if (seen?.Count > MaxPages)
            {
                throw ServiceFailure.InvalidResponse(page.GetRawResponse(), "List", $"there is a link to yet another page after {MaxPages}", innerException: null);
            }

            yield return page;
        }
        while (next is not null);
    }

    public override async IAsyncEnumerator<RenderingSessionProperties> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.CanBeCanceled && cancellationToken != CancellationToken)
        {
            // A token given to the enumeration joins the one given to the call.
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, CancellationToken);
            await foreach (RenderingSessionProperties session in new SessionPageable(operations, both.Token).ConfigureAwait(false))
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
