#import <Foundation/Foundation.h>
#include <stdio.h>

int main(void)
{
    NSAutoreleasePool *pool = [[NSAutoreleasePool alloc] init];
    long long sum = 0, n;
    while (scanf("%lld", &n) == 1)
        sum += n;
    NSString *said = [NSString stringWithFormat:@"%lld\n", sum];
    fputs([said UTF8String], stdout);
    [pool release];
    return 0;
}
