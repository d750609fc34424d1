using System.Threading.Channels;

namespace RemoteRendering.Sessions.Scene.Sync;

/// <summary>Hands the pictures of a preview to their reader. A reader that is slower than the host gets the newest one.</summary>
internal sealed class PreviewFeed(uint number, SceneGraph graph)
{
    private readonly Channel<RenderingPicture> _pictures = Channel.CreateBounded<RenderingPicture>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public uint Number => number;

    public SceneGraph Graph => graph;

    public void Offer(RenderingPicture picture) => _pictures.Writer.TryWrite(picture);

    public void End(Exception error) => _pictures.Writer.TryComplete(error);

    public async ValueTask<RenderingPicture?> NextAsync(CancellationToken cancellationToken)
    {
        while (await _pictures.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_pictures.Reader.TryRead(out RenderingPicture? picture))
            {
                return picture;
            }
        }

        return null;
    }
}
