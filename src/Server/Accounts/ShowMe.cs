using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Identity;

namespace Lastro.Server.Accounts;

/// <summary>The signed-in user.</summary>
internal sealed class ShowMe(UserManager<User> users)
{
    public async Task<UserAnswer?> Handle(UserId user) =>
        await users.FindByIdAsync(user.Value.ToString()) is { } found ? UserAnswer.Of(found) : null;
}
