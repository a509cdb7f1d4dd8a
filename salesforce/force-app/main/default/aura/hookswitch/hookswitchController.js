({
    begin: function (component, event, helper) {
        helper.listen(component);
    },
    end: function (component, event, helper) {
        helper.leave(component);
    }
})
