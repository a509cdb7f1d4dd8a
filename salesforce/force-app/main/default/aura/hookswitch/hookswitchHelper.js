({
    /** Only what is said from now on: a command that was missed is over. */
    listen: function (component) {
        var self = this;
        component
            .find("events")
            .subscribe("/event/Hookswitch_Command__e", -1, $A.getCallback(function (message) {
                var command = message && message.data && message.data.payload;
                if (command && component.isValid() && self.isSame(command.User_Id__c, component.get("v.userId"))) {
                    if (command.Notice__c) self.show(command);
                    else self.carryOut(component, command);
                }
            }))
            .then($A.getCallback(function (subscription) {
                component.set("v.subscription", subscription);
            }));
    },

    leave: function (component) {
        var subscription = component.get("v.subscription");
        if (subscription) component.find("events").unsubscribe(subscription, function () {});
    },

    /** The first 15 characters of an id tell it; the toolkit knows no more of them. */
    isSame: function (one, other) {
        return Boolean(one) && Boolean(other) && one.substring(0, 15) === other.substring(0, 15);
    },

    /** A text for the agent: what signing out means for their calls. */
    show: function (command) {
        var toast = $A.get("e.force:showToast");
        if (!toast || new Date(command.Until__c).getTime() < Date.now()) return;
        toast.setParams({ title: "Hookswitch", message: command.Notice__c, type: "info", mode: "sticky" });
        toast.fire();
    },

    carryOut: function (component, command) {
        var self = this;
        var omni = component.find("omni");
        if (new Date(command.Until__c).getTime() < Date.now()) {
            self.tell(component, command, "expired");
            return;
        }
        // Setting a status would sign the agent in: that is theirs to decide.
        omni.getServicePresenceStatusId().then(
            $A.getCallback(function (current) {
                var now = current && current.statusId;
                if (!now) self.tellOut(component, command);
                else if (command.Sign_Out__c === true) self.signOut(component, command);
                else if (self.isSame(now, command.Status_Id__c)) self.tell(component, command);
                else self.set(component, command);
            }),
            // The toolkit refuses the question while nobody is signed in.
            $A.getCallback(function () {
                self.tellOut(component, command);
            })
        );
    },

    /** Nobody is signed in, which is what a logout asks for. */
    tellOut: function (component, command) {
        this.tell(component, command, command.Sign_Out__c === true ? undefined : "signed-out");
    },

    signOut: function (component, command) {
        var self = this;
        component
            .find("omni")
            .logout()
            .then(
                $A.getCallback(function (done) {
                    self.tell(component, command, done ? undefined : "logout-refused");
                }),
                $A.getCallback(function () {
                    self.tell(component, command, "logout-refused");
                })
            );
    },

    set: function (component, command) {
        var self = this;
        component
            .find("omni")
            .setServicePresenceStatus({ statusId: command.Status_Id__c.substring(0, 15) })
            .then(
                $A.getCallback(function (done) {
                    self.tell(component, command, done ? undefined : "refused");
                }),
                $A.getCallback(function () {
                    self.tell(component, command, "refused");
                })
            );
    },

    /** Without a reason it was applied. */
    tell: function (component, command, reason) {
        var action = component.get("c.tell");
        action.setParams({ commandId: command.Command_Id__c, applied: !reason, reason: reason || "" });
        $A.enqueueAction(action);
    }
})
