using System.Text.Json;
using RemoteRendering.Sessions.Connections.Links;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Tests.Connections.Links;

public sealed class RequestWindowTests
{
    private readonly RequestWindow _window = new();
    private readonly List<HostRequest> _requests = [];

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(17)]
    [InlineData(100)]
    public void Find_EachThatWaits_IsFound_AndNoOther(int count)
    {
        Add(count);

        Assert.All(_requests, request => Assert.Same(request, _window.Find(request.Id)));
        Assert.Equal(Enumerable.Range(1, count).Select(id => (long)id), _requests.Select(request => request.Id));
        Assert.Equal(count, _window.Count);
        Assert.Equal(count, _window.Last);
        Assert.All([long.MinValue, -8, -1, 0, count + 1, count + 8, count + 64, long.MaxValue], id => Assert.Null(_window.Find(id)));
    }

    [Fact]
    public void Find_IdThatSharesAPlace_GivesNull()
    {
        Add(3);

        Assert.Null(_window.Find(1 + 8));
        Assert.Null(_window.Find(3 - 8));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-7)]
    [InlineData(1)]
    [InlineData(1 + 8)]
    [InlineData(2 + 8)]
    [InlineData(4)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Remove_IdThatDoesNotWait_ChangesNothing(long id)
    {
        Add(3);
        Assert.Same(_requests[0], _window.Remove(1));

        Assert.Null(_window.Remove(id));

        Assert.Equal(2, _window.Count);
        Assert.Equal(1, _window.Answered);
        Assert.Same(_requests[1], _window.Find(2));
        Assert.Same(_requests[2], _window.Find(3));
    }

    [Fact]
    public void Remove_IdThatWasAnsweredAndWhosePlaceIsTaken_LeavesTheNewOne()
    {
        Add(1);
        _window.Remove(1);
        Add(8);

        Assert.Null(_window.Find(1));
        Assert.Null(_window.Remove(1));
        Assert.Same(_requests[8], _window.Find(9));
        Assert.Equal(8, _window.Count);
    }

    [Fact]
    public void Answered_OutOfOrder_MovesWhenTheGapIsClosed()
    {
        Add(4);

        Assert.Same(_requests[2], _window.Remove(3));
        Assert.Same(_requests[1], _window.Remove(2));
        Assert.Equal(0, _window.Answered);
        Assert.Same(_requests[0], _window.Remove(1));
        Assert.Equal(3, _window.Answered);
        Assert.Same(_requests[3], _window.Remove(4));

        Assert.Equal(4, _window.Answered);
        Assert.Equal(0, _window.Count);
    }

    [Fact]
    public void Add_RingGrowsWithGaps_KeepsEachInItsPlace()
    {
        Add(6);
        Assert.All([1L, 2, 3, 5], id => Assert.NotNull(_window.Remove(id)));
        Add(30);

        Assert.Equal(32, _window.Count);
        Assert.Equal(3, _window.Answered);
        Assert.Null(_window.Find(5));
        Assert.All(_requests.Where(request => request.Id is 4 or > 5), request => Assert.Same(request, _window.Find(request.Id)));
    }

    [Fact]
    public void IsFull_AnswersAboveTheMarkAreCounted_AndForgottenWithIt()
    {
        for (int round = 0; round < 20; round++)
        {
            long before = _window.Last;
            Add(40);
            for (int id = 40; id > 1; id--)
            {
                Assert.Equal(id < 8, _window.IsFull);
                _window.Remove(before + id, 1024 * 1024);
            }

            Assert.True(_window.IsFull);
            _window.Remove(before + 1, 40 * 1024 * 1024);
            Assert.False(_window.IsFull);
        }
    }

    [Fact]
    public void After_Ids_GivesTheNextThatWaits()
    {
        Add(4);
        _window.Remove(1);
        _window.Remove(3);

        Assert.Same(_requests[1], _window.After(0));
        Assert.Same(_requests[1], _window.After(1));
        Assert.Same(_requests[3], _window.After(2));
        Assert.Null(_window.After(4));
    }

    [Theory]
    [InlineData(false, 13)]
    [InlineData(true, 1)]
    public void TakeAll_EverythingInOrder_AndIdsGoOnOrRestart(bool restart, long next)
    {
        Add(12);
        _window.Remove(1);
        _window.Remove(5);

        List<HostRequest> taken = _window.TakeAll(restart);

        Assert.Equal([2L, 3, 4, 6, 7, 8, 9, 10, 11, 12], taken.Select(request => request.Id));
        Assert.Equal(0, _window.Count);
        Assert.Equal(next - 1, _window.Answered);
        Add(1);
        Assert.Equal(next, _requests[12].Id);
        Assert.Same(_requests[12], _window.Find(next));
    }

    private void Add(int count)
    {
        for (int number = 0; number < count; number++)
        {
            var request = new HostRequest<bool>(static (ref Utf8JsonReader _) => true, isBinary: true);
            request.SetBytes(new byte[HostFrameHead.Bytes], HostFrameHead.Bytes);
            _window.Add(request);
            _requests.Add(request);
        }
    }
}
